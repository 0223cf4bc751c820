import { type BinaryName, binaryNames, type ElementwiseName, type UnaryName, unaryNames, where } from '@neurite/tensor'
import { vjpRules } from '../../rules/index.ts'
import { applyRule } from '../../walk.ts'
import type { JvpRule, JvpRules } from '../rule.ts'
import { total } from './total.ts'

/**
 * Element by element, the Jacobian is diagonal: what multiplies a cotangent on its way back multiplies a tangent on its way
 * forth, so the gradient's rule says it all.
 */
const throughItself: JvpRule<UnaryName | BinaryName> = (tangents, { output }) =>
  total(tangents.map((t, i) => (t === undefined ? undefined : (applyRule(output, t)[i] ?? undefined))))

export const elementwiseTangents: JvpRules<ElementwiseName> = {
  ...diagonal(unaryNames),
  ...diagonal(binaryNames),
  cast: ([t], { output }) => t!.cast(output.dtype),
  select: ([, a, b], { inputs: [condition] }) => where(condition!, a ?? 0, b ?? 0),
}

function diagonal<Name extends UnaryName | BinaryName>(
  names: readonly Name[],
): { readonly [N in Name]: JvpRule<N> | null } {
  const rules = names.map((name): [Name, JvpRule<Name> | null] => [
    name,
    vjpRules[name] === null ? null : throughItself,
  ])
  return Object.fromEntries(rules) as { readonly [N in Name]: JvpRule<N> | null }
}
