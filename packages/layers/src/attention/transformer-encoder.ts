import { foldIn, type Tensor } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import { Dropout } from '../dropout/dropout.ts'
import type { InitializerOptions } from '../initializers/variance-preserving.ts'
import { Linear } from '../linear/linear.ts'
import type { Module } from '../module.ts'
import { LayerNorm } from '../normalization/layer-norm.ts'
import type { AttentionMasks } from './masks.ts'
import { MultiHeadAttention } from './multi-head-attention.ts'
import { activationOf, type TransformerLayerOptions, withShortcut } from './transformer-layer.ts'

/**
 * Self-attention and a map of each position, both with shortcuts (Vaswani et al. 2017, § 3.1).
 *
 *     x ← norm1(x + selfAttn(x)),  y = norm2(x + linear2(activation(linear1(x))))        normFirst: x + part(norm(x))
 *
 * x [L, N, features] → the same. Parameters have PyTorch's names: "self_attn.in_proj_weight", "linear1.weight", "norm1.weight", ….
 */
export class TransformerEncoderLayer implements Module {
  readonly selfAttn: MultiHeadAttention
  readonly linear1: Linear
  readonly dropout: Dropout
  readonly linear2: Linear
  readonly norm1: LayerNorm
  readonly norm2: LayerNorm
  readonly dropout1: Dropout
  readonly dropout2: Dropout
  readonly normFirst: boolean
  readonly #activation: (x: Tensor) => Tensor

  /** @throws RangeError unless sizes are positive integers, features a multiple of heads, and `dropout` in [0, 1]. */
  constructor(features: number, heads: number, options: TransformerLayerOptions = {}) {
    const { feedforwardFeatures = 2048, dropout = 0.1, normFirst = false, epsilon = 1e-5, bias = true, key } = options
    const { batchFirst = false } = options
    checkInteger('TransformerEncoderLayer', 'feedforwardFeatures', feedforwardFeatures)
    const keyAt = (place: number): InitializerOptions => (key === undefined ? {} : { key: foldIn(key, place) })
    this.selfAttn = new MultiHeadAttention(features, heads, { dropout, batchFirst, bias, ...keyAt(0) })
    this.linear1 = new Linear(features, feedforwardFeatures, { bias, ...keyAt(1) })
    this.dropout = new Dropout(dropout)
    this.linear2 = new Linear(feedforwardFeatures, features, { bias, ...keyAt(2) })
    this.norm1 = new LayerNorm(features, { epsilon, bias })
    this.norm2 = new LayerNorm(features, { epsilon, bias })
    this.dropout1 = new Dropout(dropout)
    this.dropout2 = new Dropout(dropout)
    this.normFirst = normFirst
    this.#activation = activationOf('TransformerEncoderLayer', options.activation)
  }

  /** @throws ShapeError unless `x` is [L, N, features], or [N, L, features] where `batchFirst`, and the masks fit. */
  forward(x: Tensor, masks: AttentionMasks = {}): Tensor {
    const { normFirst } = this
    const attended = withShortcut(
      x,
      { norm: this.norm1, dropout: this.dropout1 },
      { normFirst, part: (part) => this.selfAttn.forward(part, part, part, masks) },
    )
    return withShortcut(
      attended,
      { norm: this.norm2, dropout: this.dropout2 },
      { normFirst, part: (part) => this.#feedforward(part) },
    )
  }

  #feedforward(x: Tensor): Tensor {
    const inner = this.#activation(this.linear1.forward(x) as Tensor)
    return this.linear2.forward(this.dropout.forward(inner))
  }
}

/** Encoder layers one after the other, "layers.0.…", and a normalization at the end, "norm.…", where given. */
export class TransformerEncoder implements Module {
  readonly layers: readonly TransformerEncoderLayer[]
  readonly norm: LayerNorm | undefined

  constructor(layers: readonly TransformerEncoderLayer[], norm?: LayerNorm) {
    this.layers = layers
    this.norm = norm
  }

  /** @throws ShapeError if the input or the masks do not fit the layers. */
  forward(x: Tensor, masks: AttentionMasks = {}): Tensor {
    const y = this.layers.reduce((input, layer) => layer.forward(input, masks), x)
    return this.norm === undefined ? y : this.norm.forward(y)
  }
}
