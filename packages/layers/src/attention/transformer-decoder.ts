import { foldIn, type Tensor } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import { Dropout } from '../dropout/dropout.ts'
import type { InitializerOptions } from '../initializers/variance-preserving.ts'
import { Linear } from '../linear/linear.ts'
import { LayerNorm } from '../normalization/layer-norm.ts'
import type { AttentionMasks } from './masks.ts'
import { MultiHeadAttention } from './multi-head-attention.ts'
import { activationOf, type TransformerLayerOptions, withShortcut } from './transformer-layer.ts'

export interface DecoderMasks extends AttentionMasks {
  /** Masks of the attention to the memory. */
  readonly memory?: AttentionMasks
}

/**
 * Self-attention, attention to what an encoder made of another sequence, and a map of each position, all with shortcuts
 * (Vaswani et al. 2017, § 3.1).
 *
 * x [L, N, features] and memory [S, N, features] → [L, N, features]. Parameters have PyTorch's names: "self_attn.…",
 * "multihead_attn.…", "linear1.weight", "norm3.weight", ….
 */
export class TransformerDecoderLayer {
  readonly selfAttn: MultiHeadAttention
  readonly multiheadAttn: MultiHeadAttention
  readonly linear1: Linear
  readonly dropout: Dropout
  readonly linear2: Linear
  readonly norm1: LayerNorm
  readonly norm2: LayerNorm
  readonly norm3: LayerNorm
  readonly dropout1: Dropout
  readonly dropout2: Dropout
  readonly dropout3: Dropout
  readonly normFirst: boolean
  readonly #activation: (x: Tensor) => Tensor

  /** @throws RangeError unless sizes are positive integers, features a multiple of heads, and `dropout` in [0, 1]. */
  constructor(features: number, heads: number, options: TransformerLayerOptions = {}) {
    const { feedforwardFeatures = 2048, dropout = 0.1, normFirst = false, epsilon = 1e-5, bias = true, key } = options
    const { batchFirst = false } = options
    checkInteger('TransformerDecoderLayer', 'feedforwardFeatures', feedforwardFeatures)
    const keyAt = (place: number): InitializerOptions => (key === undefined ? {} : { key: foldIn(key, place) })
    this.selfAttn = new MultiHeadAttention(features, heads, { dropout, batchFirst, bias, ...keyAt(0) })
    this.multiheadAttn = new MultiHeadAttention(features, heads, { dropout, batchFirst, bias, ...keyAt(1) })
    this.linear1 = new Linear(features, feedforwardFeatures, { bias, ...keyAt(2) })
    this.dropout = new Dropout(dropout)
    this.linear2 = new Linear(feedforwardFeatures, features, { bias, ...keyAt(3) })
    this.norm1 = new LayerNorm(features, { epsilon, bias })
    this.norm2 = new LayerNorm(features, { epsilon, bias })
    this.norm3 = new LayerNorm(features, { epsilon, bias })
    this.dropout1 = new Dropout(dropout)
    this.dropout2 = new Dropout(dropout)
    this.dropout3 = new Dropout(dropout)
    this.normFirst = normFirst
    this.#activation = activationOf('TransformerDecoderLayer', options.activation)
  }

  /** @throws ShapeError unless both are [length, N, features], or [N, length, features] where `batchFirst`, and the masks fit. */
  forward(x: Tensor, memory: Tensor, masks: DecoderMasks = {}): Tensor {
    const { normFirst } = this
    const attended = withShortcut(
      x,
      { norm: this.norm1, dropout: this.dropout1 },
      { normFirst, part: (part) => this.selfAttn.forward(part, part, part, masks) },
    )
    const informed = withShortcut(
      attended,
      { norm: this.norm2, dropout: this.dropout2 },
      { normFirst, part: (part) => this.multiheadAttn.forward(part, memory, memory, masks.memory) },
    )
    return withShortcut(
      informed,
      { norm: this.norm3, dropout: this.dropout3 },
      { normFirst, part: (part) => this.#feedforward(part) },
    )
  }

  #feedforward(x: Tensor): Tensor {
    const inner = this.#activation(this.linear1.forward(x) as Tensor)
    return this.linear2.forward(this.dropout.forward(inner))
  }
}

/** Decoder layers one after the other, "layers.0.…", and a normalization at the end, "norm.…", where given. */
export class TransformerDecoder {
  readonly layers: readonly TransformerDecoderLayer[]
  readonly norm: LayerNorm | undefined

  constructor(layers: readonly TransformerDecoderLayer[], norm?: LayerNorm) {
    this.layers = layers
    this.norm = norm
  }

  /** @throws ShapeError if inputs or masks do not fit the layers. */
  forward(x: Tensor, memory: Tensor, masks: DecoderMasks = {}): Tensor {
    const y = this.layers.reduce((input, layer) => layer.forward(input, memory, masks), x)
    return this.norm === undefined ? y : this.norm.forward(y)
  }
}
