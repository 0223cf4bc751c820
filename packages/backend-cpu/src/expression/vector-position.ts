import type { Local } from '../wasm/function-writer.ts'

/** Where the four lanes of a vector lie: at the counter of `axis` plus `offset`, + 1, + 2, + 3. */
export interface VectorPosition {
  readonly axis: number
  readonly offset: number
  /** Lanes from 0 that are used; the others hold anything, and nothing is looked up for them. */
  readonly lanes: number
  /** Tells apart the vectors that are worked on at once; each has its own cached values. */
  readonly chunk: number
}

/** Lanes for which the guards around hold. */
export interface LaneMask {
  /** All bits or none of each lane. */
  readonly lanes: Local
  /** Bit n for lane n. */
  readonly bits: Local
}

/** A reduce step's result: one value, or a vector per chunk. */
export type ResultLocals = { readonly scalar: Local } | { readonly vectors: readonly Local[] }
