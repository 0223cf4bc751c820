import type { PrimitiveName, Tensor } from '@neurite/tensor'
import type { NodeOf } from '../rule.ts'

/**
 * Jacobian-vector product: the tangent of the output, given those of the inputs.
 *
 *     ẏ[j] = Σ_i ∂y[j] / ∂x[i] · ẋ[i]
 *
 * An input without a tangent does not move; at least one has one, and the output is floating. A tangent has its tensor's shape
 * and dtype. Rules build graph and never read values.
 */
export type JvpRule<P extends PrimitiveName> = (
  tangents: readonly (Tensor | undefined)[],
  node: NodeOf<P>,
  pushForward: PushForward,
) => Tensor | undefined

/** The tangents of `outputs`, given those of `sources`: for rules of nodes that hold graphs. `undefined` where nothing moves. */
export type PushForward = (
  sources: readonly Tensor[],
  tangents: readonly (Tensor | undefined)[],
  outputs: readonly Tensor[],
) => readonly (Tensor | undefined)[]

/** Exhaustive over all primitives, or over the family named; `null` where the output never moves. */
export type JvpRules<Names extends PrimitiveName = PrimitiveName> = { readonly [P in Names]: JvpRule<P> | null }
