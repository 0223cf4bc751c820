import { bind, type CustomGradient, type IdentityName, type Tensor, zerosLike } from '@neurite/tensor'
import type { VjpRules } from '../rule.ts'

export const identityRules: VjpRules<IdentityName> = {
  stopGradient: null,
  // One result by itself; the walk asks for several of a call together.
  customGradient: (c, { inputs, attributes: { call, place } }) => {
    const values = inputs.slice(0, call.resultCount)
    const cotangents = values.map((value, i) => (i === place ? c : zerosLike(value)))
    return cotangentsOfCall(call, inputs, cotangents)
  },
  barrier: (c, { inputs }) => inputs.map((_, i) => (i === 0 ? c : null)),
}

/** The cotangents of a call's inputs, given those of all its results. Its rule sees results that it applies to again. */
export function cotangentsOfCall(
  call: CustomGradient,
  inputs: readonly Tensor[],
  cotangents: readonly Tensor[],
): readonly (Tensor | null)[] {
  const values = inputs.slice(0, call.resultCount)
  const results = values.map((_, place) => bind('customGradient', inputs, { call, place }))
  return [...values.map(() => null), ...call.pullBack(cotangents, results, inputs.slice(call.resultCount))]
}
