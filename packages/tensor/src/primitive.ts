// The closed vocabulary: every tensor is one of these applied to other tensors. Everything else composes them.
// Meaning lives in rule tables, one per interpreter: shapes and reference values here in `primitives/`, gradients in
// autograd, kernels in the compiler. Families have the same file names everywhere.

import type { CustomGradient } from './custom-gradient.ts'
import type { DType, TypedArray } from './dtype.ts'
import type { ScanBody } from './scan-body.ts'
import type { Shape } from './shape.ts'

type None = Record<never, never>

/** Attributes of each primitive. Axes are counted from the start; shapes are complete. */
export interface Primitives {
  // --- creation ---
  /** A leaf: data given by the user, a realised result, or an argument of a function being compiled. */
  input: { readonly shape: Shape; readonly dtype: DType }
  /** Every element is `value`. */
  constant: { readonly shape: Shape; readonly dtype: DType; readonly value: number }
  /** Element = its position along `axis`: 0, 1, 2, … */
  iota: { readonly shape: Shape; readonly dtype: DType; readonly axis: number }

  // --- elementwise: operands of one shape and one dtype ---
  negate: None
  absolute: None
  sqrt: None
  exp: None
  log: None
  sin: None
  cos: None
  tanh: None
  /** 1 / (1 + e⁻ˣ). A primitive since no composition has both its accuracy and its gradient for large |x|. */
  sigmoid: None
  erf: None
  floor: None
  /** Ties to even. */
  round: None
  /** Float to integer truncates towards zero and saturates (NaN is 0); to uint8 integers keep their low 8 bits; to bool: not 0. */
  cast: { readonly dtype: DType }
  add: None
  subtract: None
  multiply: None
  /** Floats: IEEE. Integers truncate towards zero; by zero gives 0. */
  divide: None
  /** a − b·⌊a / b⌋: the sign of the divisor. */
  remainder: None
  power: None
  /** NaN where either is NaN. */
  maximum: None
  /** NaN where either is NaN. */
  minimum: None
  less: None
  lessEqual: None
  equal: None
  /** Bitwise on int32 and uint8, logical on bool. */
  and: None
  or: None
  xor: None
  shiftLeft: None
  /** Fills with zeros. */
  shiftRightLogical: None
  /** (condition: bool, a, b) → a where the condition holds, else b. */
  select: None

  // --- movement ---
  reshape: { readonly shape: Shape }
  /** Axis i of the result is axis order[i] of the input. */
  permute: { readonly order: readonly number[] }
  /** Axes aligned at the end; axes of size 1 repeat, missing leading ones are added. */
  broadcast: { readonly shape: Shape }
  /** Elements starts[i], starts[i] + steps[i], … below stops[i] of every axis; 0 ≤ starts ≤ stops ≤ size, steps ≥ 1. */
  slice: { readonly starts: readonly number[]; readonly stops: readonly number[]; readonly steps: readonly number[] }
  /** `value` before (low), after (high) and between (interior, each gap) the elements of every axis. */
  pad: {
    readonly low: readonly number[]
    readonly high: readonly number[]
    readonly interior: readonly number[]
    readonly value: number
  }
  flip: { readonly axes: readonly number[] }
  concatenate: { readonly axis: number }
  /**
   * Sliding windows: axis axes[i] of size L becomes its number of windows ⌊(L − dilations[i]·(sizes[i] − 1) − 1) / strides[i]⌋ + 1,
   * and for each i an axis of sizes[i] is added at the end. Element (…, o, …, k) is input (…, o·stride + k·dilation, …).
   */
  window: {
    readonly axes: readonly number[]
    readonly sizes: readonly number[]
    readonly strides: readonly number[]
    readonly dilations: readonly number[]
  }
  /** The adjoint of `window`: sums windows back into axes of the given lengths, overlapping ones added. */
  overlapAdd: {
    readonly axes: readonly number[]
    readonly lengths: readonly number[]
    readonly strides: readonly number[]
    readonly dilations: readonly number[]
  }

  // --- reduction: the axes disappear ---
  sum: { readonly axes: readonly number[] }
  product: { readonly axes: readonly number[] }
  /** `ties` says where the gradient goes among equal largest elements: shared by all, or to the first. */
  max: { readonly axes: readonly number[]; readonly ties: 'share' | 'first' }
  min: { readonly axes: readonly number[]; readonly ties: 'share' | 'first' }
  /** Position (int32, counted row-major through the axes in ascending order) of the first largest element; NaN counts as largest. */
  argMax: { readonly axes: readonly number[] }

  // --- contraction ---
  /**
   * Σ of products over the axis pairs `over`, for each index of the pairs `batch`; pairs are [axis of left, axis of right].
   * Result axes: batch pairs in order, left's other axes, right's other axes.
   */
  contract: {
    readonly batch: readonly (readonly [number, number])[]
    readonly over: readonly (readonly [number, number])[]
  }
  /**
   * Cross-correlation in groups: input [N, G, C, ...spatial], kernel [G, O, C, ...kernel] → [N, G, O, ...out].
   * out[n, g, o, p] = Σ_c,k  x̂[n, g, c, p·stride + k·kernelDilation] · kernel[g, o, c, k], where x̂ is the input with
   * inputDilation − 1 zeros between elements, then `low` and `high` zeros around (negative ones crop).
   * All lists have one entry per spatial axis. Closed under differentiation.
   */
  convolution: {
    readonly strides: readonly number[]
    readonly low: readonly number[]
    readonly high: readonly number[]
    readonly inputDilation: readonly number[]
    readonly kernelDilation: readonly number[]
  }

  // --- indexing: indices are int32 in [0, size); others are an error when the program runs ---
  /** (source, indices) → axis `axis` of source replaced by the axes of indices. */
  gather: { readonly axis: number }
  /** (updates, indices) → the adjoint of gather: zeros with axis `axis` of `size`, updates added at their indices. */
  scatterAdd: { readonly axis: number; readonly size: number }

  // --- random ---
  /**
   * (keys: int32 [...keys, 2]) → int32 bits [...keys, ...shape]: element i of a key is the first word of Threefry-2x32-20
   * (Salmon et al. 2011) of counter (i, 0) under it.
   */
  randomBits: { readonly shape: Shape }

  // --- loop ---
  /**
   * (initial carries …, sequences …, invariants …) → one result of a loop over the first axis of the sequences. Several results of one loop are
   * several nodes with the same body and inputs. `carry`: carry number `place` after the last step; `history`: [length, …], what
   * it was before each step; `output`: [length, …], what each step gave as output number `place`; `intermediate`: the same of
   * one of the step's `intermediates`.
   */
  scan: {
    readonly body: ScanBody
    readonly result: 'carry' | 'history' | 'output' | 'intermediate'
    readonly place: number
  }

  // --- identity: one of the operands, unchanged ---
  /** The input, opaque to gradients. */
  stopGradient: None
  /**
   * (values …, arguments …) → value number `place`. Gradients flow to the arguments, by the rule of the call, and not into the values.
   * The results of one call are nodes with the same `call` and inputs.
   */
  customGradient: { readonly call: CustomGradient; readonly place: number }
  /**
   * (value, others …) → value, once the others are known. Programs never compute together what lies on the two sides, so that what is
   * computed from it is computed again, and only then.
   */
  barrier: None
}

export type PrimitiveName = keyof Primitives

export interface TensorType {
  readonly shape: Shape
  readonly dtype: DType
}

/** A tensor type together with its elements, row-major. */
export interface ArrayValue extends TensorType {
  readonly data: TypedArray
}

/** Type of the result; @throws ShapeError or DTypeError when the inputs do not fit. */
export type ShapeRule<P extends PrimitiveName> = (
  inputs: readonly TensorType[],
  attributes: Primitives[P],
) => TensorType

/** The specification by plain loops: float sums are accumulated in float64 and rounded once. */
export type ReferenceRule<P extends PrimitiveName> = (
  inputs: readonly ArrayValue[],
  attributes: Primitives[P],
  output: TensorType,
) => TypedArray

/** Exhaustive over all primitives, or over the family named: a missing rule does not compile. */
export type ShapeRules<Names extends PrimitiveName = PrimitiveName> = { readonly [P in Names]: ShapeRule<P> }
export type ReferenceRules<Names extends PrimitiveName = PrimitiveName> = { readonly [P in Names]: ReferenceRule<P> }

// Families: which file holds a primitive's rules, in every package.
export type CreationName = 'input' | 'constant' | 'iota'
export const unaryNames = [
  'negate',
  'absolute',
  'sqrt',
  'exp',
  'log',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'erf',
  'floor',
  'round',
] as const
export type UnaryName = (typeof unaryNames)[number]
export const binaryNames = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'remainder',
  'power',
  'maximum',
  'minimum',
  'less',
  'lessEqual',
  'equal',
  'and',
  'or',
  'xor',
  'shiftLeft',
  'shiftRightLogical',
] as const
export type BinaryName = (typeof binaryNames)[number]
export type ElementwiseName = UnaryName | BinaryName | 'cast' | 'select'
export type MovementName =
  | 'reshape'
  | 'permute'
  | 'broadcast'
  | 'slice'
  | 'pad'
  | 'flip'
  | 'concatenate'
  | 'window'
  | 'overlapAdd'
export type ReductionName = 'sum' | 'product' | 'max' | 'min' | 'argMax'
export type ContractionName = 'contract' | 'convolution'
export type IndexingName = 'gather' | 'scatterAdd'
export type RandomName = 'randomBits'
export type LoopName = 'scan'
export type IdentityName = 'stopGradient' | 'customGradient' | 'barrier'
