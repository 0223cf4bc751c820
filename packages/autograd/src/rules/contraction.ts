import type { ContractionName, Shape, Tensor } from '@neurite/tensor'
import type { VjpRules } from '../rule.ts'
import { convolutionRule } from './convolution.ts'
import { inverseOrder } from './movement.ts'

export const contractionRules: VjpRules<ContractionName> = {
  // c has the axes: batch, free ones of left, free ones of right. Contracting it with one operand over that operand's free
  // axes leaves the other operand's axes.
  contract: (c, { inputs: [left, right], attributes: { batch, over } }) => {
    const [a, b] = [left!, right!]
    const pairs = [...batch, ...over]
    const ofLeft: Axes = {
      batch: batch.map(firstOf),
      over: over.map(firstOf),
      free: axesBut(a.shape, pairs.map(firstOf)),
    }
    const ofRight: Axes = {
      batch: batch.map(secondOf),
      over: over.map(secondOf),
      free: axesBut(b.shape, pairs.map(secondOf)),
    }
    const freeOfLeftInC = ofLeft.free.map((_, i) => batch.length + i)
    const freeOfRightInC = ofRight.free.map((_, i) => batch.length + ofLeft.free.length + i)
    return [adjoint(c, freeOfRightInC, b, ofRight, ofLeft), adjoint(c, freeOfLeftInC, a, ofLeft, ofRight)]
  },

  convolution: convolutionRule,
}

type Pair = readonly [number, number]

/** The axes of an operand by their part in the contraction; `over` in the order of the pairs. */
interface Axes {
  readonly batch: readonly number[]
  readonly over: readonly number[]
  readonly free: readonly number[]
}

/**
 * The cotangent of the operand with the axes `wanted`: c contracted with the other operand, over its free axes `freeInC` of c.
 *
 * Either may stand on the left, which puts the other's axes behind; mostly one of the two comes out in the wanted order.
 */
function adjoint(c: Tensor, freeInC: readonly number[], other: Tensor, axes: Axes, wanted: Axes): Tensor {
  // The axes summed over come out in the order of the operand that brings them.
  const over = [...axes.over.keys()].sort((i, j) => axes.over[i]! - axes.over[j]!).map((i) => wanted.over[i]!)
  const cotangentFirst = [...wanted.batch, ...wanted.free, ...over]
  const otherFirst = [...wanted.batch, ...over, ...wanted.free]
  const batchPairs = axes.batch.map((axis, i): Pair => [i, axis])
  const overPairs = axes.free.map((axis, i): Pair => [freeInC[i]!, axis])
  if (!isAscending(cotangentFirst) && isAscending(otherFirst))
    return other.contract(c, { batch: batchPairs.map(swapped), over: overPairs.map(swapped) })
  const product: Tensor = c.contract(other, { batch: batchPairs, over: overPairs })
  return product.permute(inverseOrder(cotangentFirst))
}

function firstOf(pair: Pair): number {
  return pair[0]
}

function secondOf(pair: Pair): number {
  return pair[1]
}

function swapped([first, second]: Pair): Pair {
  return [second, first]
}

function isAscending(axes: readonly number[]): boolean {
  return axes.every((axis, i) => i === 0 || axes[i - 1]! < axis)
}

function axesBut(shape: Shape, taken: readonly number[]): number[] {
  return Array.from(shape, (_, axis) => axis).filter((axis) => !taken.includes(axis))
}
