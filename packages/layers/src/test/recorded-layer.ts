// Layers from PyTorch's names of them and of their arguments.

import type { Case } from '@neurite/oracle'
import type { Tensor } from '@neurite/tensor'
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
  type RecurrentOptions,
  RNN,
  RNNCell,
  TransformerDecoderLayer,
  TransformerEncoderLayer,
  type TransformerLayerOptions,
  Unflatten,
  Upsample,
} from '../index.ts'

type Attributes = Case['attrs']
type Inputs = Readonly<Record<string, Tensor>>

/** A layer, and the outputs of a call by the names that PyTorch gives them. */
export interface RecordedLayer {
  readonly layer: object
  call(inputs: Inputs): Readonly<Record<string, Tensor>>
}

type Maker = (attributes: Attributes) => RecordedLayer

/** Of a layer that takes one tensor and gives one. */
function simple<L extends { forward(x: Tensor): Tensor }>(layer: L): RecordedLayer {
  return { layer, call: ({ input }) => ({ y: layer.forward(input!) }) }
}

const defined = (options: object): object =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))

const sequenceOptions = ({ num_layers, bias, batch_first, bidirectional }: Attributes): RecurrentOptions =>
  defined({ layers: num_layers, bias, batchFirst: batch_first, bidirectional })

const transformerOptions = (attributes: Attributes): TransformerLayerOptions =>
  defined({
    feedforwardFeatures: attributes.dim_feedforward,
    dropout: attributes.dropout,
    activation: attributes.activation,
    normFirst: attributes.norm_first,
    batchFirst: attributes.batch_first,
  })

const batchNormOptions = ({ eps, momentum, affine, track_running_stats }: Attributes): object =>
  defined({
    epsilon: eps,
    momentum: momentum === null ? 'cumulative' : momentum,
    affine,
    trackRunningStatistics: track_running_stats,
  })

const convolutionOptions = ({ padding_mode, output_padding, ...options }: Attributes): object =>
  defined({ ...options, paddingMode: padding_mode, outputPadding: output_padding })

/** PyTorch's masks are true where there is to be no attention. */
const allowed = (mask: Tensor | undefined): Tensor | undefined => (mask?.dtype === 'bool' ? mask.not() : mask)

export const layerMakers: Readonly<Record<string, Maker>> = {
  Linear: ({ in_features, out_features, ...options }) => simple(new Linear(in_features, out_features, options)),
  Flatten: ({ start_dim, end_dim }) => simple(new Flatten(start_dim, end_dim)),
  Unflatten: ({ dim, unflattened_size }) => simple(new Unflatten(dim, unflattened_size)),
  Upsample: ({ mode = 'nearest', align_corners, scale_factor, ...options }) =>
    simple(
      new Upsample({
        ...options,
        ...defined({ alignCorners: align_corners, scaleFactor: scale_factor }),
        mode: mode === 'nearest' ? 'nearest' : 'linear',
      }),
    ),
  PReLU: ({ num_parameters, init }) => simple(new PReLU(defined({ count: num_parameters, initial: init }))),
  Bilinear: ({ in1_features, in2_features, out_features, ...options }) => {
    const layer = new Bilinear(in1_features, in2_features, out_features, options)
    return { layer, call: ({ input1, input2 }) => ({ y: layer.forward(input1!, input2!) }) }
  },
  Embedding: ({ num_embeddings, embedding_dim, padding_idx }) =>
    simple(new Embedding(num_embeddings, embedding_dim, defined({ paddingIndex: padding_idx }))),
  EmbeddingBag: ({ num_embeddings, embedding_dim, mode }) =>
    simple(new EmbeddingBag(num_embeddings, embedding_dim, defined({ mode }))),
  Conv1d: ({ in_channels, out_channels, kernel_size, ...options }) =>
    simple(new Conv1d(in_channels, out_channels, kernel_size, convolutionOptions(options))),
  Conv2d: ({ in_channels, out_channels, kernel_size, ...options }) =>
    simple(new Conv2d(in_channels, out_channels, kernel_size, convolutionOptions(options))),
  Conv3d: ({ in_channels, out_channels, kernel_size, ...options }) =>
    simple(new Conv3d(in_channels, out_channels, kernel_size, convolutionOptions(options))),
  ConvTranspose1d: ({ in_channels, out_channels, kernel_size, ...options }) =>
    simple(new ConvTranspose1d(in_channels, out_channels, kernel_size, convolutionOptions(options))),
  ConvTranspose2d: ({ in_channels, out_channels, kernel_size, ...options }) =>
    simple(new ConvTranspose2d(in_channels, out_channels, kernel_size, convolutionOptions(options))),
  BatchNorm1d: ({ num_features, ...options }) => simple(new BatchNorm1d(num_features, batchNormOptions(options))),
  BatchNorm2d: ({ num_features, ...options }) => simple(new BatchNorm2d(num_features, batchNormOptions(options))),
  BatchNorm3d: ({ num_features, ...options }) => simple(new BatchNorm3d(num_features, batchNormOptions(options))),
  InstanceNorm1d: ({ num_features, ...options }) => simple(new InstanceNorm1d(num_features, batchNormOptions(options))),
  InstanceNorm2d: ({ num_features, ...options }) => simple(new InstanceNorm2d(num_features, batchNormOptions(options))),
  GroupNorm: ({ num_groups, num_channels, eps, affine }) =>
    simple(new GroupNorm(num_groups, num_channels, defined({ epsilon: eps, affine }))),
  LayerNorm: ({ normalized_shape, eps, elementwise_affine }) =>
    simple(new LayerNorm(normalized_shape, defined({ epsilon: eps, affine: elementwise_affine }))),
  RNN: ({ input_size, hidden_size, nonlinearity, ...options }) => {
    const layer = new RNN(input_size, hidden_size, { ...sequenceOptions(options), ...defined({ nonlinearity }) })
    return { layer, call: sequenceCall(layer) }
  },
  GRU: ({ input_size, hidden_size, ...options }) => {
    const layer = new GRU(input_size, hidden_size, sequenceOptions(options))
    return { layer, call: sequenceCall(layer) }
  },
  LSTM: ({ input_size, hidden_size, proj_size, ...options }) => {
    const projection = defined({ projectionFeatures: proj_size })
    const layer = new LSTM(input_size, hidden_size, { ...sequenceOptions(options), ...projection })
    return {
      layer,
      call: ({ input, h_0, c_0 }) => {
        const { output, hidden, cell } = layer.forwardWithState(input!, { hidden: h_0, cell: c_0 })
        return { output, h_n: hidden, c_n: cell }
      },
    }
  },
  RNNCell: ({ input_size, hidden_size, ...options }) => {
    const layer = new RNNCell(input_size, hidden_size, options)
    return { layer, call: ({ input, hx }) => ({ y: layer.forward(input!, hx) }) }
  },
  GRUCell: ({ input_size, hidden_size, ...options }) => {
    const layer = new GRUCell(input_size, hidden_size, options)
    return { layer, call: ({ input, hx }) => ({ y: layer.forward(input!, hx) }) }
  },
  LSTMCell: ({ input_size, hidden_size, ...options }) => {
    const layer = new LSTMCell(input_size, hidden_size, options)
    return {
      layer,
      call: ({ input, h_0, c_0 }) => {
        const { hidden, cell } = layer.forward(input!, { hidden: h_0!, cell: c_0! })
        return { h_1: hidden, c_1: cell }
      },
    }
  },
  MultiheadAttention: ({ embed_dim, num_heads, kdim, vdim, bias, batch_first }) => {
    const options = defined({ keyFeatures: kdim, valueFeatures: vdim, bias, batchFirst: batch_first })
    const layer = new MultiHeadAttention(embed_dim, num_heads, options)
    return {
      layer,
      call: ({ query, key, value, attn_mask, key_padding_mask }) => {
        const masks = { mask: allowed(attn_mask), keyMask: allowed(key_padding_mask) }
        const { output, weights } = layer.forwardWithWeights(query!, key!, value!, masks)
        return { attn_output: output, attn_output_weights: weights }
      },
    }
  },
  TransformerEncoderLayer: ({ d_model, nhead, ...options }) => {
    const layer = new TransformerEncoderLayer(d_model, nhead, transformerOptions(options))
    return {
      layer,
      call: ({ src, src_mask, src_key_padding_mask }) => ({
        y: layer.forward(src!, { mask: allowed(src_mask), keyMask: allowed(src_key_padding_mask) }),
      }),
    }
  },
  TransformerDecoderLayer: ({ d_model, nhead, ...options }) => {
    const layer = new TransformerDecoderLayer(d_model, nhead, transformerOptions(options))
    return {
      layer,
      call: ({ tgt, memory, tgt_mask }) => ({ y: layer.forward(tgt!, memory!, { mask: allowed(tgt_mask) }) }),
    }
  },
}

function sequenceCall(layer: RNN | GRU): RecordedLayer['call'] {
  return ({ input, h_0 }) => {
    const { output, hidden } = layer.forwardWithState(input!, { hidden: h_0 })
    return { output, h_n: hidden }
  }
}
