import { bind, onesLike, type ReductionName } from '@neurite/tensor'
import { applyRule } from '../../walk.ts'
import type { JvpRule, JvpRules } from '../rule.ts'
import { moving } from './movement.ts'

/** ẏ = Σ ∂y/∂x · ẋ over the axes that disappear; the gradient of Σ y by x is all these derivatives at once. */
const weighted: JvpRule<'product' | 'max' | 'min'> = ([t], { output, attributes: { axes } }) => {
  const [derivatives] = applyRule(output, onesLike(output))
  return bind('sum', [t!.multiply(derivatives!)], { axes })
}

export const reductionTangents: JvpRules<ReductionName> = {
  sum: moving('sum'),
  product: weighted,
  max: weighted,
  min: weighted,
  argMax: null,
}
