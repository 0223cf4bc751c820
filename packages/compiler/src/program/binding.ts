// What a graph's leaves stand for and where its roots go.

import type { TypedArray } from '@neurite/tensor'

export type InputBinding =
  /** Written by the caller before each run. */
  | { readonly kind: 'argument' }
  /** Never changes. */
  | { readonly kind: 'constant'; readonly data: TypedArray }
  /** The value before the run of a variable, by its place among the program's states. */
  | { readonly kind: 'state'; readonly state: number }

export interface Bindings {
  /** For the graph's input nodes, in order. */
  readonly inputs: readonly InputBinding[]
  /** How many of the graph's roots, from the first, are returned. */
  readonly outputCount: number
  /** The states that take the values of the remaining roots, in order. */
  readonly assigned: readonly number[]
}
