// @neurite/tensor: immutable lazy tensors with compile-time shapes, and the reference evaluator. In reading order:

export { bind } from './bind.ts'
export type { CaptureScope } from './capture-scope.ts'
export { captureIn, captureScope } from './capture-scope.ts'
export type { DType, Floating, Promote, TypedArray } from './dtype.ts'
export { allocate, dtypes, floatingOf, isFloating, promote, weakDType } from './dtype.ts'
export { DTypeError, ShapeError, showShape } from './errors.ts'
export { evaluate, evaluateSync, settlePendingAssignments } from './evaluation.ts'
export type { Evaluator } from './evaluator.ts'
export { installEvaluator, installedEvaluator } from './evaluator.ts'
export { Flag } from './flag.ts'
// --- arguments of its methods ---
export type { ContractOptions } from './methods/contraction.ts'
export type { OverlapAddOptions, Padding, SliceBounds, WindowOptions } from './methods/movement.ts'
export type { Axes, ExtremumOptions, ReductionOptions, VarianceOptions } from './methods/reduction.ts'
export type { ValueSource } from './node.ts'
export type { Operand } from './operand.ts'
// --- for interpreters of graphs: gradients, compilers ---
export type {
  ArrayValue,
  BinaryName,
  ContractionName,
  CreationName,
  ElementwiseName,
  IndexingName,
  MovementName,
  PrimitiveName,
  Primitives,
  RandomName,
  ReductionName,
  ReferenceRule,
  ReferenceRules,
  ShapeRule,
  ShapeRules,
  TensorType,
  UnaryName,
} from './primitive.ts'
export { binaryNames, unaryNames } from './primitive.ts'
export { referenceRules, shapeRules } from './primitives/index.ts'
export type { Shape } from './shape.ts'
export {
  broadcastShapes,
  checkShape,
  normalizeAxes,
  normalizeAxis,
  sameShape,
  sizeOf,
  stridesOf,
} from './shape.ts'
// --- what a tensor is ---
export { Tensor } from './tensor.ts'
export type { ResidentValue } from './variable.ts'
// --- what changes ---
export { Variable } from './variable.ts'
