// Which graphs have one result: IEEE operations and integers, each rounded once, in an order that is given.

import type { PrimitiveName } from '@neurite/tensor'
import { sizeOf } from '@neurite/tensor'
import type { Graph } from '../graph/graph.ts'

const exact: ReadonlySet<PrimitiveName> = new Set([
  'input',
  'constant',
  'iota',
  'negate',
  'absolute',
  'floor',
  'round',
  'cast',
  'add',
  'subtract',
  'multiply',
  'less',
  'lessEqual',
  'equal',
  'maximum',
  'minimum',
  'and',
  'or',
  'xor',
  'shiftLeft',
  'shiftRightLogical',
  'select',
  'reshape',
  'permute',
  'broadcast',
  'slice',
  'pad',
  'flip',
  'concatenate',
  'randomBits',
  'stopGradient',
])

/** Whether the graph has at most so many elements in all, and every backend gives it the same bits. */
export function isExact({ nodes }: Graph, mostElements: number): boolean {
  let elements = 0
  for (const { primitive, shape } of nodes) {
    elements += sizeOf(shape)
    if (elements > mostElements || !exact.has(primitive)) return false
  }
  return true
}

/** Whether the graph's values are numbers repeated, such as an optimizer's first moments: to write them takes no program. */
export function isFilled({ nodes }: Graph): boolean {
  return nodes.every(({ primitive }) => primitive === 'constant')
}
