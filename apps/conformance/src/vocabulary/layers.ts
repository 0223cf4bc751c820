import {
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  Bilinear,
  Conv1d,
  Conv2d,
  Conv3d,
  ConvTranspose1d,
  ConvTranspose2d,
  Embedding,
  EmbeddingBag,
  evaluate,
  Flatten,
  GRU,
  GRUCell,
  GroupNorm,
  InstanceNorm1d,
  InstanceNorm2d,
  LayerNorm,
  Linear,
  LSTM,
  LSTMCell,
  MultiHeadAttention,
  PReLU,
  RNN,
  RNNCell,
  TransformerDecoderLayer,
  TransformerEncoderLayer,
  train,
  Unflatten,
  Upsample,
} from '@neurite/layers'
import type { Tensor } from '@neurite/tensor'
import type { Attributes, Named } from '../format/recorded.ts'
import type { Inputs } from '../kinds/function-case.ts'
import type { missing, Outputs } from './operation.ts'

/** A layer of the vocabulary. Attributes and inputs are whatever PyTorch's layer takes. */
export interface LayerDefinition {
  // biome-ignore lint/suspicious/noExplicitAny: each layer knows its own.
  readonly make: (attributes: any) => object
  /** Default: `forward` of the first input. */
  // biome-ignore lint/suspicious/noExplicitAny: each layer knows its own.
  readonly call?: (layer: any, inputs: any, attributes: any) => Outputs
}

/** neurite's names of PyTorch's options; others are the same. */
const optionNames: Named<string> = {
  align_corners: 'alignCorners',
  batch_first: 'batchFirst',
  dim_feedforward: 'feedforwardFeatures',
  elementwise_affine: 'affine',
  eps: 'epsilon',
  init: 'initial',
  kdim: 'keyFeatures',
  norm_first: 'normFirst',
  num_layers: 'layers',
  num_parameters: 'count',
  output_padding: 'outputPadding',
  padding_idx: 'paddingIndex',
  padding_mode: 'paddingMode',
  proj_size: 'projectionFeatures',
  scale_factor: 'scaleFactor',
  track_running_stats: 'trackRunningStatistics',
  vdim: 'valueFeatures',
}

function optionsOf(attributes: Attributes): object {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [optionNames[name] ?? name, value]))
}

// biome-ignore lint/suspicious/noExplicitAny: constructors differ in their types.
type Constructor = new (...argumentList: any[]) => object

/** A layer whose constructor takes the attributes called `first` in this order, then the others as options. */
function made(Layer: Constructor, ...first: readonly string[]): Pick<LayerDefinition, 'make'> {
  return {
    make: (attributes: Attributes) => {
      const others = Object.entries(attributes).filter(([name]) => !first.includes(name))
      return new Layer(...first.map((name) => attributes[name]), optionsOf(Object.fromEntries(others)))
    },
  }
}

function normalization(Layer: Constructor): LayerDefinition {
  const { make } = made(Layer, 'num_features')
  // PyTorch's None is the mean over all batches.
  return {
    make: ({ momentum, ...others }: Attributes) =>
      make(momentum === undefined ? others : { ...others, momentum: momentum ?? 'cumulative' }),
  }
}

/** PyTorch's boolean masks of layers are true where there is to be no attention. */
const allowed = (mask: Tensor | undefined): Tensor | undefined => (mask?.dtype === 'bool' ? mask.not() : mask)

const channels = ['in_channels', 'out_channels', 'kernel_size']
const sizes = ['input_size', 'hidden_size']
const transformer = ['d_model', 'nhead']

const overSequence = (layer: RNN | GRU, { input, h_0 }: { input: Tensor; h_0?: Tensor }): Outputs => {
  const { output, hidden } = layer.forwardWithState(input, { hidden: h_0 })
  return [output, hidden]
}

const oneStep = (cell: RNNCell | GRUCell, { input, hx }: { input: Tensor; hx?: Tensor }): Outputs =>
  cell.forward(input, hx)

export const layers: Named<LayerDefinition | typeof missing> = {
  // --- layers ---
  Bilinear: {
    ...made(Bilinear, 'in1_features', 'in2_features', 'out_features'),
    call: (layer: Bilinear, { input1, input2 }) => layer.forward(input1, input2),
  },
  Conv1d: made(Conv1d, ...channels),
  Conv2d: made(Conv2d, ...channels),
  Conv3d: made(Conv3d, ...channels),
  ConvTranspose1d: made(ConvTranspose1d, ...channels),
  ConvTranspose2d: made(ConvTranspose2d, ...channels),
  Embedding: made(Embedding, 'num_embeddings', 'embedding_dim'),
  EmbeddingBag: made(EmbeddingBag, 'num_embeddings', 'embedding_dim'),
  Flatten: made(Flatten, 'start_dim', 'end_dim'),
  Linear: made(Linear, 'in_features', 'out_features'),
  PReLU: made(PReLU),
  Unflatten: made(Unflatten, 'dim', 'unflattened_size'),
  Upsample: {
    make: ({ mode = 'nearest', ...options }) =>
      made(Upsample).make({ ...options, mode: mode === 'nearest' ? mode : 'linear' }),
  },

  // --- normalization ---
  BatchNorm1d: normalization(BatchNorm1d),
  BatchNorm2d: normalization(BatchNorm2d),
  BatchNorm3d: normalization(BatchNorm3d),
  GroupNorm: made(GroupNorm, 'num_groups', 'num_channels'),
  InstanceNorm1d: normalization(InstanceNorm1d),
  InstanceNorm2d: normalization(InstanceNorm2d),
  LayerNorm: made(LayerNorm, 'normalized_shape'),

  // --- recurrent ---
  GRU: { ...made(GRU, ...sizes), call: overSequence },
  GRUCell: { ...made(GRUCell, ...sizes), call: oneStep },
  LSTM: {
    ...made(LSTM, ...sizes),
    call: (layer: LSTM, { input, h_0, c_0 }) => {
      const { output, hidden, cell } = layer.forwardWithState(input, { hidden: h_0, cell: c_0 })
      return [output, hidden, cell]
    },
  },
  LSTMCell: {
    ...made(LSTMCell, ...sizes),
    call: (layer: LSTMCell, { input, h_0, c_0 }) => {
      const { hidden, cell } = layer.forward(input, h_0 && { hidden: h_0, cell: c_0 })
      return [hidden, cell]
    },
  },
  RNN: { ...made(RNN, ...sizes), call: overSequence },
  RNNCell: { ...made(RNNCell, ...sizes), call: oneStep },

  // --- attention ---
  MultiheadAttention: {
    ...made(MultiHeadAttention, 'embed_dim', 'num_heads'),
    call: (layer: MultiHeadAttention, { query, key, value, attn_mask, key_padding_mask }) => {
      const masks = { mask: allowed(attn_mask), keyMask: allowed(key_padding_mask) }
      const { output, weights } = layer.forwardWithWeights(query, key, value, masks)
      return [output, weights]
    },
  },
  TransformerDecoderLayer: {
    ...made(TransformerDecoderLayer, ...transformer),
    call: (layer: TransformerDecoderLayer, { tgt, memory, tgt_mask, memory_mask }) =>
      layer.forward(tgt, memory, { mask: allowed(tgt_mask), memory: { mask: allowed(memory_mask) } }),
  },
  TransformerEncoderLayer: {
    ...made(TransformerEncoderLayer, ...transformer),
    call: (layer: TransformerEncoderLayer, { src, src_mask, src_key_padding_mask }) =>
      layer.forward(src, { mask: allowed(src_mask), keyMask: allowed(src_key_padding_mask) }),
  },
}

export function makeLayer({ make }: LayerDefinition, attributes: Attributes): object {
  return make(attributes)
}

export function callLayer({ call }: LayerDefinition, layer: object, inputs: Inputs, attributes: Attributes): Outputs {
  if (call !== undefined) return call(layer, inputs, attributes)
  return (layer as { forward(input: unknown): Outputs }).forward(Object.values(inputs)[0])
}

export function setMode(layer: object, mode: 'train' | 'eval'): void {
  if (mode === 'train') train(layer)
  else evaluate(layer)
}
