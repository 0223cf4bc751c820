// @neurite/tensor: immutable lazy tensors with compile-time shapes, and the reference evaluator. In reading order:

// --- What a tensor is. ---

export type { AnyDType, ArrayOf, DType, Floating, Promote, TypedArray } from './dtype.ts'
export { allocate, dtypes, floatingOf, isFloating, promote, weakDType } from './dtype.ts'
export { DTypeError, ShapeError, showShape } from './errors.ts'
export type { Operand } from './operand.ts'
export type { NestedArray } from './print.ts'
export type { AnyShape, Shape } from './shape.ts'
export {
  broadcastShapes,
  checkShape,
  normalizeAxes,
  normalizeAxis,
  sameShape,
  sizeOf,
  stridesOf,
} from './shape.ts'
export { Tensor } from './tensor.ts'

// --- Making tensors. ---

export type { ArangeOptions, LinspaceOptions } from './create.ts'
export { arange, eye, full, iota, linspace, ones, onesLike, zeros, zerosLike } from './create.ts'
export type { TensorOptions } from './from-data.ts'
export { tensor } from './from-data.ts'

// --- Arguments of methods. ---

export type { ContractOptions } from './methods/contraction.ts'
export type { Axes, OverlapAddOptions, Padding, SliceBounds, WindowOptions } from './methods/movement.ts'
export type { ExtremumOptions, ReductionOptions, VarianceOptions } from './methods/reduction.ts'

// --- Functions of several tensors. ---

export { concatenate, stack } from './functions/concatenate.ts'
export type { ConvolutionOptions } from './functions/convolution.ts'
export { conv1d, conv2d, conv3d } from './functions/convolution.ts'
export { einsum } from './functions/einsum.ts'
export type { PoolingOptions } from './functions/pooling.ts'
export {
  averagePool1d,
  averagePool2d,
  averagePool3d,
  maxPool1d,
  maxPool2d,
  maxPool3d,
} from './functions/pooling.ts'
export type { ScatterAddOptions } from './functions/scatter-add.ts'
export { scatterAdd } from './functions/scatter-add.ts'
export { split } from './functions/split.ts'
export type { TransposedConvolutionOptions } from './functions/transposed-convolution.ts'
export { convTranspose1d, convTranspose2d, convTranspose3d } from './functions/transposed-convolution.ts'
export { where } from './functions/where.ts'

// --- Activations. ---

export { celu, elu, selu } from './functions/elu.ts'
export { gelu } from './functions/gelu.ts'
export { hardLimiter, hardSigmoid, hardSwish, hardTanh } from './functions/hard-activations.ts'
export type { MaxoutOptions } from './functions/maxout.ts'
export { maxout } from './functions/maxout.ts'
export { leakyRelu, relu, relu6 } from './functions/relu.ts'
export { mish, sigmoid, silu, tanh } from './functions/sigmoid.ts'
export { logSoftmax, logSumExp, softmax, softmin } from './functions/softmax.ts'
export type { SoftplusOptions } from './functions/softplus.ts'
export { logSigmoid, softplus } from './functions/softplus.ts'

// --- Random numbers. ---

export type { BernoulliOptions } from './random/bernoulli.ts'
export { bernoulli } from './random/bernoulli.ts'
export { seed } from './random/default-key.ts'
export type { RandomKey } from './random/key.ts'
export { foldIn, key, randomBits, splitKey } from './random/key.ts'
export type { NormalOptions } from './random/normal.ts'
export { normal } from './random/normal.ts'
export { permutation } from './random/permutation.ts'
export type { UniformOptions } from './random/uniform.ts'
export { uniform } from './random/uniform.ts'

// --- What changes. ---

export { Flag } from './flag.ts'
export type { ResidentValue } from './variable.ts'
export { Variable } from './variable.ts'

// --- Shapes at compile time: for signatures that check what their users pass. ---

export type { Broadcast, BroadcastTo } from './shape-types/broadcast.ts'
export type { Concatenate, Stack } from './shape-types/concatenation.ts'
export type { AreEqual, Dot, MatMul } from './shape-types/contraction.ts'
export type { Convolution, PerAxis, Pooling } from './shape-types/convolution.ts'
export type { Append, Take } from './shape-types/indexing.ts'
export type { Fits, IsUnknown, ResultShape, ShapeMismatch, Show, Sized } from './shape-types/mismatch.ts'
export type { Flatten, Permute, Reshape, Resize, Squeeze, Transpose, Unsqueeze } from './shape-types/movement.ts'
export type { Reduce } from './shape-types/reduction.ts'

// --- For interpreters of graphs: gradients, compilers. ---

export { bind } from './bind.ts'
export type { CaptureScope } from './capture-scope.ts'
export { captureIn, captureScope } from './capture-scope.ts'
export { evaluate, evaluateSync, settlePendingAssignments } from './evaluation.ts'
export type { Evaluator } from './evaluator.ts'
export { installEvaluator, installedEvaluator } from './evaluator.ts'
export type { ValueSource } from './node.ts'
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
export { referenceEvaluator } from './reference-evaluator.ts'
