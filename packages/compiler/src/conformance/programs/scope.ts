import type { DType, Index, ProgramWriter, Scalar } from '../../kernel/index.ts'
import type { Random } from '../random.ts'

export interface ReadableBuffer {
  readonly buffer: number
  readonly dtype: DType
  readonly size: number
  /** Whether its values are the same on every backend, so that indices may depend on them. */
  readonly isExact: boolean
}

/** What a random expression may use. */
export interface Scope {
  readonly random: Random
  readonly write: ProgramWriter
  /** Extents by axis number, and the axes among them that the expression may use. */
  readonly extents: readonly number[]
  readonly axes: readonly number[]
  readonly buffers: readonly ReadableBuffer[]
  /** What earlier steps found. */
  readonly results: readonly Scalar[]
  /** Elements that the same step writes. */
  readonly inPlace: readonly { readonly buffer: number; readonly dtype: DType; readonly index: Index }[]
  /** Expressions made before in this scope, to be used again. */
  readonly made: Scalar[]
}
