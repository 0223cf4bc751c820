import { bind, type ContractionName } from '@neurite/tensor'
import type { JvpRule, JvpRules } from '../rule.ts'
import { total } from './total.ts'

export const contractionTangents: JvpRules<ContractionName> = {
  contract: productRule('contract'),
  convolution: productRule('convolution'),
}

/** (a × b)˙ = ȧ × b + a × ḃ. */
function productRule<P extends ContractionName>(primitive: P): JvpRule<P> {
  return ([a, b], { inputs: [left, right], attributes }) =>
    total([a && bind(primitive, [a, right!], attributes), b && bind(primitive, [left!, b], attributes)])
}
