// What a kernel computes for one point of its index space: an expression whose nodes are shared by identity.

import type { DType } from './dtype.ts'
import type { Condition, Index } from './indexing.ts'

/** Number of operands of every scalar operation. Backends' emit tables are exhaustive over this list. */
export const scalarOpArity = {
  // float32, float64, int32 (wrapping), uint8 (wrapping); which dtypes exactly: `dtypesOfScalarOp`
  negate: 1,
  add: 2,
  subtract: 2,
  multiply: 2,
  /** Floats: IEEE division. int32, uint8: truncates towards zero; by zero gives 0. */
  divide: 2,
  /** a − b·⌊a / b⌋: the sign of the divisor. Integers by zero give 0. Floats: the exact value, rounded once; by zero gives NaN. */
  remainder: 2,
  /** NaN if either operand is NaN. Also bool, where it is `or`. */
  maximum: 2,
  /** NaN if either operand is NaN. Also bool, where it is `and`. */
  minimum: 2,
  /** Wraps: the smallest int32 stays as it is. */
  absolute: 1,
  // float32, float64 only
  /** As in C: a⁰ and 1ᵇ are 1 even beside NaN, (−1)^±∞ is 1. */
  power: 2,
  sqrt: 1,
  exp: 1,
  log: 1,
  sin: 1,
  cos: 1,
  tanh: 1,
  /** 1 / (1 + e⁻ˣ) without overflow. */
  sigmoid: 1,
  /** Gauss error function. */
  erf: 1,
  floor: 1,
  /** Ties to even. */
  round: 1,
  // int32, uint8, and bool for the first three
  and: 2,
  or: 2,
  xor: 2,
  /** By the count modulo 32. */
  shiftLeft: 2,
  /** By the count modulo 32; fills with zeros. */
  shiftRightLogical: 2,
  // any dtype to bool
  less: 2,
  lessEqual: 2,
  equal: 2,
  /** bool, a, b → a where the first is true, else b. Counts as reading both: an index that leaves its range in either is a fault. */
  select: 3,
  /**
   * From the operand's dtype to the node's. Float to integer truncates towards zero and saturates, NaN becomes 0; to uint8
   * an integer keeps its low 8 bits; to bool everything but zero is true (NaN too).
   */
  cast: 1,
} as const

export type ScalarOp = keyof typeof scalarOpArity

export type Scalar =
  /** A float rounds to its dtype; others must be values of it. */
  | { readonly kind: 'constant'; readonly value: number; readonly dtype: DType }
  /** The value of an index as a number (iota and counters), cast from int32. */
  | { readonly kind: 'index'; readonly index: Index; readonly dtype: DType }
  /** The element of a buffer; the dtype is the buffer's. */
  | { readonly kind: 'load'; readonly buffer: number; readonly index: Index; readonly dtype: DType }
  | { readonly kind: 'apply'; readonly op: ScalarOp; readonly operands: readonly Scalar[]; readonly dtype: DType }
  /** `value` where all conditions hold, else `otherwise`. `value` is not evaluated elsewhere: its loads may be out of bounds there. */
  | {
      readonly kind: 'guard'
      readonly conditions: readonly Condition[]
      readonly value: Scalar
      readonly otherwise: number
      readonly dtype: DType
    }
  /** What an earlier `reduce` step of the same loop kernel found (its place among the kernel's steps), or a contraction's sum (step 0). */
  | { readonly kind: 'result'; readonly step: number; readonly dtype: DType }

export function constantScalar(value: number, dtype: DType): Scalar {
  return { kind: 'constant', value, dtype }
}

export function loadScalar(buffer: number, index: Index, dtype: DType): Scalar {
  return { kind: 'load', buffer, index, dtype }
}

/** Applies an operation; the dtype is the first operand's unless the operation compares, selects or is given one (cast). */
export function applyScalar(op: ScalarOp, operands: readonly Scalar[], dtype?: DType): Scalar {
  return { kind: 'apply', op, operands, dtype: dtype ?? resultDType(op, operands) }
}

function resultDType(op: ScalarOp, operands: readonly Scalar[]): DType {
  if (op === 'less' || op === 'lessEqual' || op === 'equal') return 'bool'
  return op === 'select' ? operands[1]!.dtype : operands[0]!.dtype
}
