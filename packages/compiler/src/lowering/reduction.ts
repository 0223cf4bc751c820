import type { ReductionName } from '@neurite/tensor'
import type { Combine, Index } from '../kernel/index.ts'
import type { LoweringRules, ReductionRule } from './rule.ts'

function reducing<P extends ReductionName>(combine: Combine): ReductionRule<P> {
  return {
    kind: 'reduction',
    combine,
    extents: ({ attributes: { axes } }, inputShape) => inputShape.filter((_, axis) => axes.includes(axis)),
    value: ({ inputs, attributes: { axes } }, outer, inner, context) =>
      context.read(inputs[0]!, interleave(axes, outer, inner)),
  }
}

export const reductionLowering: LoweringRules<ReductionName> = {
  sum: reducing('add'),
  product: reducing('multiply'),
  max: reducing('maximum'),
  min: reducing('minimum'),
  argMax: reducing('argMax'),
}

// The input's index: reduced axes take from `inner`, the others from `outer`, each in ascending order.
function interleave(axes: readonly number[], outer: readonly Index[], inner: readonly Index[]): Index[] {
  const index: Index[] = []
  let fromOuter = 0
  let fromInner = 0
  for (let axis = 0; axis < outer.length + inner.length; axis++)
    index.push(axes.includes(axis) ? inner[fromInner++]! : outer[fromOuter++]!)
  return index
}
