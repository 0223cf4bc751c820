import type { PrimitiveName, Primitives, Tensor } from '@neurite/tensor'

/** A tensor as its rule sees it: what it was made of, and itself. */
export interface NodeOf<P extends PrimitiveName> {
  readonly inputs: readonly Tensor[]
  readonly output: Tensor
  readonly attributes: Primitives[P]
}

/**
 * Vector-Jacobian product: the cotangent of each input, given the output's.
 *
 *     x̄[i] = Σ_j ȳ[j] · ∂y[j] / ∂x[i]
 *
 * A cotangent has its tensor's shape and dtype; `null` where no gradient flows. Rules build graph and never read values.
 */
export type VjpRule<P extends PrimitiveName> = (
  cotangent: Tensor,
  node: NodeOf<P>,
  pullBack: PullBack,
) => readonly (Tensor | null)[]

/** The cotangents of `targets`, given those of `outputs`: for rules of nodes that hold graphs. Zeros where nothing depends. */
export type PullBack = (
  targets: readonly Tensor[],
  outputs: readonly Tensor[],
  outputCotangents: readonly Tensor[],
) => readonly Tensor[]

/** Exhaustive over all primitives, or over the family named; `null` where no gradient flows through the primitive at all. */
export type VjpRules<Names extends PrimitiveName = PrimitiveName> = { readonly [P in Names]: VjpRule<P> | null }
