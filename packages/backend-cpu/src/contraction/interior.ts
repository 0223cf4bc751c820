// Where guards always hold: away from the edges of a window's way, the padding need not be asked for.

import { type Condition, rangeOfIndex, type Scalar } from '@neurite/compiler/kernel'
import { conditionsOf, strideAlong } from './strides.ts'
import { mapNodes } from './substitute-axes.ts'

/** A run of whole vectors along an axis in which every condition that changes along it holds, whatever the other axes are. */
export interface Interior {
  readonly start: number
  readonly end: number
  /** What a guarded value is there. */
  readonly value: Scalar
}

export function interiorOf(value: Scalar, along: number, extents: readonly number[]): Interior | undefined {
  const changes = ({ index }: Condition): boolean => strideAlong(index, along) !== 0
  const changing = conditionsOf(value).filter(changes)
  if (changing.length === 0) return undefined
  let [first, last] = [0, extents[along]! - 1]
  for (const condition of changing) {
    const run = runWithin(condition, along, extents)
    if (run === undefined) return undefined
    first = Math.max(first, run.first)
    last = Math.min(last, run.last)
  }
  const [start, end] = [4 * Math.ceil(first / 4), 4 * Math.floor((last + 1) / 4)]
  if (end <= start) return undefined
  return { start, end, value: withoutConditions(value, changes) }
}

function runWithin(
  { index, low, high, divisor = 1 }: Condition,
  along: number,
  extents: readonly number[],
): { first: number; last: number } | undefined {
  const stride = strideAlong(index, along)
  if (stride === undefined || divisor !== 1) return undefined
  const others = index.terms.filter(({ atom }) => atom.kind !== 'axis' || atom.axis !== along)
  const rest = rangeOfIndex({ ...index, terms: others }, extents)
  const bounds = [(low - rest.low) / stride, (high - 1 - rest.high) / stride] as const
  const [first, last] = stride > 0 ? bounds : [bounds[1], bounds[0]]
  return { first: Math.ceil(first), last: Math.floor(last) }
}

function withoutConditions(value: Scalar, isLeftOut: (condition: Condition) => boolean): Scalar {
  return mapNodes(value, (node) => {
    if (node.kind !== 'guard') return node
    const conditions = node.conditions.filter((condition) => !isLeftOut(condition))
    return conditions.length === 0 ? node.value : { ...node, conditions }
  })
}
