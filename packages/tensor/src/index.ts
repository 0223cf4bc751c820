// @neurite/tensor: immutable lazy tensors with compile-time shapes, and the reference evaluator. In reading order:

// --- What a tensor is. ---

export type { AnyDType, ArrayOf, DType, Floating, Promote, TypedArray } from './dtype.ts'
export { allocate, dtypes, floatingOf, isFloating, promote, weakDType } from './dtype.ts'
export { DTypeError, ShapeError, showShape, showValue } from './errors.ts'
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
export { outer } from './functions/outer.ts'
export type { AttentionOptions } from './functions/scaled-dot-product-attention.ts'
export { attentionWeights, scaledDotProductAttention } from './functions/scaled-dot-product-attention.ts'
export type { TransposedConvolutionOptions } from './functions/transposed-convolution.ts'
export { convTranspose1d, convTranspose2d, convTranspose3d } from './functions/transposed-convolution.ts'
export { where } from './functions/where.ts'

// --- Elementary and special functions. ---

export { fmod } from './functions/elementary/fmod.ts'
export { acosh, asinh, atanh, cosh, sinh } from './functions/elementary/hyperbolic.ts'
export { acos, asin, atan, atan2 } from './functions/elementary/inverse-trigonometric.ts'
export { lerp } from './functions/elementary/lerp.ts'
export { log2, log10, logAddExp, logit } from './functions/elementary/logarithms.ts'
export { areFinite, areNaN, fmax, fmin } from './functions/elementary/not-a-number.ts'
export { hypot, rsqrt } from './functions/elementary/roots.ts'
export { sinc, tan } from './functions/elementary/trigonometric.ts'
export { erfc, erfinv } from './functions/special/error-function.ts'
export { digamma, lgamma } from './functions/special/gamma.ts'

// --- Elements in other places. ---

export type { ElementsOf, ScanOptions, Stacked, TensorTree } from './functions/scan.ts'
export { scan } from './functions/scan.ts'
export { split } from './functions/split.ts'
export { chunk, unstack } from './functions/views/chunk.ts'
export type { DiagonalOptions } from './functions/views/diagonal.ts'
export { diagonal, trace } from './functions/views/diagonal.ts'
export type { MeshgridOptions } from './functions/views/meshgrid.ts'
export { meshgrid } from './functions/views/meshgrid.ts'
export { moveAxis, rotate90, unflatten } from './functions/views/move-axis.ts'
export type { PadAroundOptions, PadMode } from './functions/views/pad.ts'
export { padAround } from './functions/views/pad.ts'
export { channelShuffle, pixelShuffle, pixelUnshuffle } from './functions/views/pixel-shuffle.ts'
export { roll } from './functions/views/roll.ts'
export { repeat, tile } from './functions/views/tile.ts'
export type { TriangleOptions } from './functions/views/triangle.ts'
export { tril, triu } from './functions/views/triangle.ts'
export type { FoldOptions, UnfoldOptions } from './functions/views/unfold.ts'
export { fold, unfold } from './functions/views/unfold.ts'

// --- Elements by index and in order. ---

export { maskedFill } from './functions/indexing/masked-fill.ts'
export type { ScatterOptions } from './functions/indexing/scatter-along-axis.ts'
export { scatterAddAlongAxis, scatterAlongAxis } from './functions/indexing/scatter-along-axis.ts'
export { searchSorted } from './functions/indexing/search-sorted.ts'
export type { ScatterAddOptions } from './functions/scatter-add.ts'
export { scatterAdd } from './functions/scatter-add.ts'
export { median } from './functions/sorting/median.ts'
export type { SortOptions } from './functions/sorting/sort.ts'
export { argSort, sort } from './functions/sorting/sort.ts'
export type { TopKOptions } from './functions/sorting/top-k.ts'
export { topK } from './functions/sorting/top-k.ts'
export type { ValuesAndIndices } from './functions/values-and-indices.ts'

// --- Running results, norms and distances. ---

export { cosineSimilarity } from './functions/reductions/cosine-similarity.ts'
export type { NormOptions } from './functions/reductions/norm.ts'
export { norm } from './functions/reductions/norm.ts'
export type { NormalizeOptions } from './functions/reductions/normalize.ts'
export { normalize } from './functions/reductions/normalize.ts'
export { pairwiseDistances } from './functions/reductions/pairwise-distances.ts'
export { cumulativeMaximum, cumulativeMinimum } from './functions/scans/cumulative-maximum.ts'
export { cumulativeProduct, cumulativeSum } from './functions/scans/cumulative-sum.ts'
export { difference } from './functions/scans/difference.ts'
export { logCumulativeSumExp } from './functions/scans/log-cumulative-sum-exp.ts'

// --- Linear algebra. ---

export { cholesky } from './functions/linear-algebra/cholesky.ts'
export type { LogDeterminant } from './functions/linear-algebra/determinant.ts'
export { determinant, logDeterminant } from './functions/linear-algebra/determinant.ts'
export { matrixPower } from './functions/linear-algebra/matrix-power.ts'
export type { QR } from './functions/linear-algebra/qr.ts'
export { qr } from './functions/linear-algebra/qr.ts'
export { inverse, solve } from './functions/linear-algebra/solve.ts'
export { solveTriangular } from './functions/linear-algebra/solve-triangular.ts'

// --- Signals and images. ---

export type { InterpolateOptions } from './functions/images/interpolate.ts'
export { interpolate } from './functions/images/interpolate.ts'
export type { LocalResponseNormalizationOptions } from './functions/local-response-normalization.ts'
export { localResponseNormalization } from './functions/local-response-normalization.ts'
export type { LayerNormOptions, NormalizationOptions } from './functions/normalization.ts'
export { layerNorm, rmsNorm } from './functions/normalization.ts'
export { adaptiveAveragePool, adaptiveMaxPool } from './functions/pooling/adaptive-pooling.ts'
export type { DivisorOptions } from './functions/pooling/average-pooling.ts'
export { averagePool1d, averagePool2d, averagePool3d } from './functions/pooling/average-pooling.ts'
export type { LpPoolingOptions } from './functions/pooling/lp-pooling.ts'
export { lpPool1d, lpPool2d } from './functions/pooling/lp-pooling.ts'
export { maxPool1d, maxPool2d, maxPool3d } from './functions/pooling/max-pooling.ts'
export type { PoolingOptions } from './functions/pooling/pooling-windows.ts'

// --- Activations. ---

export { celu, elu, selu } from './functions/elu.ts'
export { gelu } from './functions/gelu.ts'
export { glu } from './functions/glu.ts'
export { hardLimiter, hardSigmoid, hardSwish, hardTanh } from './functions/hard-activations.ts'
export type { MaxoutOptions } from './functions/maxout.ts'
export { maxout } from './functions/maxout.ts'
export { prelu } from './functions/prelu.ts'
export { leakyRelu, relu, relu6 } from './functions/relu.ts'
export { hardShrink, softShrink, tanhShrink } from './functions/shrink.ts'
export { mish, sigmoid, silu, tanh } from './functions/sigmoid.ts'
export { logSoftmax, logSumExp, softmax, softmin } from './functions/softmax.ts'
export type { SoftplusOptions } from './functions/softplus.ts'
export { logSigmoid, softplus } from './functions/softplus.ts'
export { softsign } from './functions/softsign.ts'
export { threshold, thresholdLogic } from './functions/threshold.ts'

// --- Random numbers. ---

export type { BernoulliOptions } from './random/bernoulli.ts'
export { bernoulli } from './random/bernoulli.ts'
export { defaultKey, seed } from './random/default-key.ts'
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
export { watchCreations } from './creation-watch.ts'
export type { CustomPullBack } from './custom-gradient.ts'
export { CustomGradient } from './custom-gradient.ts'
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
  IdentityName,
  IndexingName,
  LoopName,
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
export type { Structure } from './pytree.ts'
export { matches, putTogether, takeApart } from './pytree.ts'
export { keyFor } from './random/default-key.ts'
export { referenceEvaluator } from './reference-evaluator.ts'
export { ScanBody } from './scan-body.ts'
