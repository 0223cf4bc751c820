// Layers as plain objects, by family, in the order to learn them.

export { PReLU, type PReLUOptions } from './activation/prelu.ts'
// Attention.
export type { AttentionMasks } from './attention/masks.ts'
export {
  type AttentionResult,
  MultiHeadAttention,
  type MultiHeadAttentionOptions,
} from './attention/multi-head-attention.ts'
export {
  LearnedPositionalEncoding,
  type LearnedPositionalEncodingOptions,
  type PositionalEncodingOptions,
  SinusoidalPositionalEncoding,
} from './attention/positional-encoding.ts'
export { type DecoderMasks, TransformerDecoder, TransformerDecoderLayer } from './attention/transformer-decoder.ts'
export { TransformerEncoder, TransformerEncoderLayer } from './attention/transformer-encoder.ts'
export type { TransformerLayerOptions } from './attention/transformer-layer.ts'
// Containers.
export { Parallel, type ParallelOptions } from './container/parallel.ts'
export { Residual } from './container/residual.ts'
export { Sequential } from './container/sequential.ts'
export type { Stage } from './container/stage.ts'
// Signals, images and volumes.
export type { ConvolutionLayerOptions } from './convolution/convolution-layer.ts'
export { Conv1d, Conv2d, Conv3d } from './convolution/convolutions.ts'
export {
  ConvTranspose1d,
  ConvTranspose2d,
  ConvTranspose3d,
  type TransposedConvolutionLayerOptions,
} from './convolution/transposed-convolutions.ts'
export { AlphaDropout } from './dropout/alpha-dropout.ts'
export { Dropout } from './dropout/dropout.ts'
export type { DropoutOptions } from './dropout/dropout-layer.ts'
export { SpatialDropout } from './dropout/spatial-dropout.ts'
export { Embedding, type EmbeddingOptions } from './embedding/embedding.ts'
export { EmbeddingBag, type EmbeddingBagOptions } from './embedding/embedding-bag.ts'

// Values that parameters start from.
export { type OrthogonalOptions, orthogonal } from './initializers/orthogonal.ts'
export { type TruncatedNormalOptions, truncatedNormal } from './initializers/truncated-normal.ts'
export {
  fanInUniform,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type InitializerOptions,
  leCunNormal,
  leCunUniform,
} from './initializers/variance-preserving.ts'
// Features.
export { Bilinear } from './linear/bilinear.ts'
export { Linear, type LinearOptions } from './linear/linear.ts'
export { Maxout, type MaxoutOptions } from './linear/maxout.ts'
export { evaluate, rememberModes, train } from './modes.ts'
// What a module is, and what is found in it.
export type { Module } from './module.ts'
// Normalization and dropout.
export { BatchNorm1d, BatchNorm2d, BatchNorm3d, type BatchNormOptions } from './normalization/batch-norm.ts'
export { GroupNorm, type GroupNormOptions } from './normalization/group-norm.ts'
export {
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  type InstanceNormOptions,
} from './normalization/instance-norm.ts'
export { LayerNorm, type LayerNormLayerOptions } from './normalization/layer-norm.ts'
export { RMSNorm, type RMSNormOptions } from './normalization/rms-norm.ts'
export type { StatisticsMomentum } from './normalization/running-statistics.ts'
export { Parameter, parameters } from './parameters.ts'
export {
  AdaptiveAveragePool1d,
  AdaptiveAveragePool2d,
  AdaptiveAveragePool3d,
  AdaptiveMaxPool1d,
  AdaptiveMaxPool2d,
  AdaptiveMaxPool3d,
} from './pooling/adaptive-pooling.ts'
export {
  AveragePool1d,
  AveragePool2d,
  AveragePool3d,
  type AveragePoolingLayerOptions,
} from './pooling/average-pooling.ts'
export { GlobalAveragePool, GlobalMaxPool } from './pooling/global-pooling.ts'
export { LpPool1d, LpPool2d, type LpPoolingLayerOptions } from './pooling/lp-pooling.ts'
export { MaxPool1d, MaxPool2d, MaxPool3d } from './pooling/max-pooling.ts'
export type { PoolingLayerOptions } from './pooling/pooling-layer.ts'
// Sequences.
export type { CellState, Nonlinearity } from './recurrent/cell-rule.ts'
export { type CellOptions, GRUCell, LSTMCell, RNNCell } from './recurrent/cells.ts'
export { GRU } from './recurrent/gru.ts'
export { LSTM, type LSTMOptions, type LSTMSequenceOptions, type LSTMSequenceResult } from './recurrent/lstm.ts'
export type { RecurrentOptions, SequenceOptions, SequenceResult } from './recurrent/recurrent-layer.ts'
export { RNN, type RNNOptions } from './recurrent/rnn.ts'
export { Flatten } from './reshaping/flatten.ts'
export { Unflatten } from './reshaping/unflatten.ts'
export { Upsample } from './reshaping/upsample.ts'
// For layers of your own whose effect on shapes `Sequential` shall know.
export type { Shaped, ShapeFunction } from './shape-function.ts'
export { loadStateDict, type StateDict, type StateDictDifference, stateDict } from './state-dict.ts'
export { type Summary, type SummaryOptions, type SummaryRow, summary } from './summary/summary.ts'
