import { bind, type ReductionName } from '@neurite/tensor'
import type { BatchRule, BatchRules } from '../rule.ts'
import { behindExamples } from './axes.ts'

export const reductionBatching: BatchRules<ReductionName> = {
  sum: alongLaterAxes('sum'),
  product: alongLaterAxes('product'),
  max: alongLaterAxes('max'),
  min: alongLaterAxes('min'),
  argMax: alongLaterAxes('argMax'),
}

function alongLaterAxes<P extends ReductionName>(primitive: P): BatchRule<P> {
  return ([x], { attributes }) => bind(primitive, [x!.tensor], { ...attributes, axes: behindExamples(attributes.axes) })
}
