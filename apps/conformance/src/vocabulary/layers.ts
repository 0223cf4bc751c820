import { Conv2d, evaluate, Flatten, Linear, train } from '@neurite/layers'
import type { Attributes, Named } from '../format/recorded.ts'
import type { Inputs } from '../kinds/function-case.ts'
import { MissingWordError, missing, type Outputs } from './operation.ts'

/** A layer of the vocabulary. Attributes and inputs are whatever PyTorch's layer takes. */
export interface LayerDefinition {
  // biome-ignore lint/suspicious/noExplicitAny: each layer knows its own.
  readonly make: (attributes: any) => object
  /** Default: `forward` of the first input. */
  // biome-ignore lint/suspicious/noExplicitAny: each layer knows its own.
  readonly call?: (layer: any, inputs: any, attributes: any) => Outputs
}

export const layers: Named<LayerDefinition | typeof missing> = {
  // --- layers ---
  Bilinear: missing,
  Conv1d: missing,
  Conv2d: {
    make: ({ in_channels, out_channels, kernel_size, padding_mode = 'zeros', ...options }) => {
      if (padding_mode !== 'zeros') throw new MissingWordError(`padding_mode ${padding_mode} of Conv2d`)
      return new Conv2d(in_channels, out_channels, kernel_size, options)
    },
  },
  Conv3d: missing,
  ConvTranspose1d: missing,
  ConvTranspose2d: missing,
  Embedding: missing,
  EmbeddingBag: missing,
  Flatten: { make: ({ start_dim = 1, end_dim = -1 }) => new Flatten(start_dim, end_dim) },
  Linear: { make: ({ in_features, out_features, ...options }) => new Linear(in_features, out_features, options) },
  PReLU: missing,
  Unflatten: missing,
  Upsample: missing,

  // --- normalization ---
  BatchNorm1d: missing,
  BatchNorm2d: missing,
  BatchNorm3d: missing,
  GroupNorm: missing,
  InstanceNorm1d: missing,
  InstanceNorm2d: missing,
  LayerNorm: missing,

  // --- recurrent ---
  GRU: missing,
  GRUCell: missing,
  LSTM: missing,
  LSTMCell: missing,
  RNN: missing,
  RNNCell: missing,

  // --- attention ---
  MultiheadAttention: missing,
  TransformerDecoderLayer: missing,
  TransformerEncoderLayer: missing,
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
