import type { Tensor } from '@neurite/tensor'

export type Tensors = Readonly<Record<string, Tensor>>

/**
 * An optimizer as arithmetic: what one step does to one parameter. Its functions only build graph.
 *
 * `Shared` is state that all parameters have in common, such as the number of steps; `Scalars` is computed from it and the learning
 * rate once a step, for all parameters; `State` is kept for each parameter.
 */
export interface UpdateRule<
  Shared extends Tensors = Tensors,
  Scalars extends Tensors = Tensors,
  State extends Tensors = Tensors,
> {
  /** Before the first step. */
  initializeShared(): Shared
  /** Before the first step; whatever has the parameter's shape and dtype fits. */
  initialize(parameter: Tensor): State
  /** Once a step: the shared state after it, and the scalars that `update` needs. */
  prepare(before: {
    readonly learningRate: Tensor
    /** Where the optimizer was made with one. */
    readonly momentum: Tensor | undefined
    readonly shared: Shared
  }): {
    readonly shared: Shared
    readonly scalars: Scalars
  }
  /** The parameter and its state after the step. */
  update(before: {
    readonly parameter: Tensor
    readonly gradient: Tensor
    readonly state: State
    readonly scalars: Scalars
  }): { readonly parameter: Tensor; readonly state: State }
}
