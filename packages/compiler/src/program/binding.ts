/** What stands behind a graph's input nodes, in their order. */
export type InputBinding =
  /** Written by the caller before each run. */
  | { readonly kind: 'argument' }
  /** Never changes. */
  | { readonly kind: 'constant'; readonly data: ArrayLike<number> }
  /** A variable, by its place among the program's states. */
  | { readonly kind: 'state'; readonly state: number }

/** What a program is to do with a graph. */
export interface Bindings {
  readonly inputs: readonly InputBinding[]
  /** How many of the graph's roots, from the first, are returned. */
  readonly outputCount: number
  /** The states that take the values of the remaining roots, in order. */
  readonly assigned: readonly number[]
  /** The node's input that a state is read from; a state that is only assigned has none. */
  readonly stateCount: number
}
