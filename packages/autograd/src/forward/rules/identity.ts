import { bind, type IdentityName, zerosLike } from '@neurite/tensor'
import { applyRule, cotangentsOf } from '../../walk.ts'
import type { JvpRules } from '../rule.ts'

export const identityTangents: JvpRules<IdentityName> = {
  stopGradient: null,
  // The rule is linear in the cotangent: pulling the tangents back through it pushes them forward through the call.
  customGradient: (tangents, { output }) => {
    const cotangent = zerosLike(output)
    const pulled = applyRule(output, cotangent).flatMap((found, i) => {
      const tangent = tangents[i]
      return found === null || tangent === undefined ? [] : [{ found, tangent }]
    })
    const [pushed] = cotangentsOf(
      [cotangent],
      pulled.map(({ found }) => found),
      pulled.map(({ tangent }) => tangent),
    )
    return pushed
  },
  barrier: ([t], { inputs }) => t && bind('barrier', [t, ...inputs.slice(1)], {}),
}
