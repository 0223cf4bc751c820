import type { ContractionName, Shape, Tensor } from '@neurite/tensor'
import type { VjpRules } from '../rule.ts'
import { convolutionRule } from './convolution.ts'
import { inverseOrder } from './movement.ts'

export const contractionRules: VjpRules<ContractionName> = {
  // c has the axes: batch, free ones of left, free ones of right. Contracting it with one operand over that operand's free
  // axes leaves the other operand's axes, if not in their order.
  contract: (c, { inputs: [left, right], attributes: { batch, over } }) => {
    const [a, b]: Shape[] = [left!.shape, right!.shape]
    const pairs = [...batch, ...over]
    const freeOfLeft = axesBut(a!, pairs.map(firstOf))
    const freeOfRight = axesBut(b!, pairs.map(secondOf))
    const byLeft: Tensor = c.contract(right!, {
      batch: batch.map(([, axis], i) => [i, axis]),
      over: freeOfRight.map((axis, i) => [batch.length + freeOfLeft.length + i, axis]),
    })
    const byRight: Tensor = left!.contract(c, {
      batch: batch.map(([axis], i) => [axis, i]),
      over: freeOfLeft.map((axis, i) => [axis, batch.length + i]),
    })
    // The axes summed over come out in the order of the operand that brought them.
    const leftOrder = [...batch.map(firstOf), ...freeOfLeft, ...sortedBy(over, secondOf).map(firstOf)]
    const rightOrder = [...batch.map(secondOf), ...sortedBy(over, firstOf).map(secondOf), ...freeOfRight]
    return [byLeft.permute(inverseOrder(leftOrder)), byRight.permute(inverseOrder(rightOrder))]
  },

  convolution: convolutionRule,
}

type Pair = readonly [number, number]

function firstOf(pair: Pair): number {
  return pair[0]
}

function secondOf(pair: Pair): number {
  return pair[1]
}

function sortedBy(pairs: readonly Pair[], key: (pair: Pair) => number): Pair[] {
  return [...pairs].sort((a, b) => key(a) - key(b))
}

function axesBut(shape: Shape, taken: readonly number[]): number[] {
  return Array.from(shape, (_, axis) => axis).filter((axis) => !taken.includes(axis))
}
