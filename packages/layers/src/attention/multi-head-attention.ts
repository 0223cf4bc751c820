import {
  attentionWeights,
  foldIn,
  ShapeError,
  scaledDotProductAttention,
  showShape,
  type Tensor,
  zeros,
} from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import { Dropout } from '../dropout/dropout.ts'
import { glorotUniform, type InitializerOptions } from '../initializers/variance-preserving.ts'
import { checkFeatures } from '../linear/features.ts'
import { Linear } from '../linear/linear.ts'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import { type AttentionMasks, joinedMask } from './masks.ts'

export interface MultiHeadAttentionOptions extends InitializerOptions {
  /** Features of the keys. Default: those of the queries. */
  readonly keyFeatures?: number
  /** Features of the values. Default: those of the queries. */
  readonly valueFeatures?: number
  /** Whether biases are added. Default true. */
  readonly bias?: boolean
  /** Probability of an attention weight to be dropped while training. Default 0. */
  readonly dropout?: number
  /** Whether inputs and outputs are [N, L, features] instead of [L, N, features]. Default false. */
  readonly batchFirst?: boolean
}

export interface AttentionResult {
  readonly output: Tensor
  /** How much each query attends to each key, the mean over the heads: [N, L, S]. */
  readonly weights: Tensor
}

/**
 * Attention in several subspaces (Vaswani et al. 2017, § 3.2.2).
 *
 *     headᵢ = softmax(query · Wᵢ(q)ᵀ · (key · Wᵢ(k)ᵀ)ᵀ / √(features / heads)) · (value · Wᵢ(v)ᵀ)
 *     output = concatenate(head₁, …) · outProj.weightᵀ + outProj.bias
 *
 * query [L, N, features], key [S, N, keyFeatures], value [S, N, valueFeatures] → [L, N, features]. The three input projections are
 * one parameter, "in_proj_weight" [3 · features, features], unless keys or values have another size: then "q_proj_weight" and so on,
 * as in PyTorch. Unlike PyTorch's, boolean masks are true where a query may attend, as those of `scaledDotProductAttention`.
 */
export class MultiHeadAttention implements Module {
  readonly features: number
  readonly heads: number
  readonly keyFeatures: number
  readonly valueFeatures: number
  readonly batchFirst: boolean
  readonly inProjWeight: Parameter | undefined
  readonly qProjWeight: Parameter | undefined
  readonly kProjWeight: Parameter | undefined
  readonly vProjWeight: Parameter | undefined
  readonly inProjBias: Parameter | undefined
  readonly outProj: Linear
  readonly dropout: Dropout

  /** @throws RangeError unless sizes are positive integers, features a multiple of heads, and `dropout` in [0, 1]. */
  constructor(features: number, heads: number, options: MultiHeadAttentionOptions = {}) {
    const {
      keyFeatures = features,
      valueFeatures = features,
      bias = true,
      dropout = 0,
      batchFirst = false,
      key,
    } = options
    for (const [name, size] of Object.entries({ features, heads, keyFeatures, valueFeatures }))
      checkInteger('MultiHeadAttention', name, size)
    if (features % heads !== 0)
      throw new RangeError(`MultiHeadAttention: features is ${features}, which cannot be split into ${heads} heads.`)
    const keyAt = (place: number): InitializerOptions => (key === undefined ? {} : { key: foldIn(key, place) })
    this.features = features
    this.heads = heads
    this.keyFeatures = keyFeatures
    this.valueFeatures = valueFeatures
    this.batchFirst = batchFirst
    if (keyFeatures === features && valueFeatures === features) {
      this.inProjWeight = new Parameter(glorotUniform([3 * features, features], keyAt(0)))
    } else {
      this.qProjWeight = new Parameter(glorotUniform([features, features], keyAt(0)))
      this.kProjWeight = new Parameter(glorotUniform([features, keyFeatures], keyAt(1)))
      this.vProjWeight = new Parameter(glorotUniform([features, valueFeatures], keyAt(2)))
    }
    this.inProjBias = bias ? new Parameter(zeros([3 * features])) : undefined
    this.outProj = new Linear(features, features, { bias, ...keyAt(3) })
    this.outProj.bias?.assign(zeros([features]))
    this.dropout = new Dropout(dropout)
  }

  /**
   * @param key By default the queries: self-attention.
   * @param value By default the keys.
   * @throws ShapeError if the shapes do not fit.
   */
  forward(query: Tensor, key: Tensor = query, value: Tensor = key, masks: AttentionMasks = {}): Tensor {
    const heads = this.#heads(query, key, value)
    const options = { mask: joinedMask(masks), isCausal: masks.isCausal ?? false }
    if (!this.dropout.training.on || this.dropout.probability === 0)
      return this.#joined(scaledDotProductAttention(heads.query, heads.key, heads.value, options))
    return this.#joined(this.dropout.forward(attentionWeights(heads.query, heads.key, options)).matmul(heads.value))
  }

  /**
   * The weights beside the output, for looking at them.
   * @throws ShapeError if the shapes do not fit.
   */
  forwardWithWeights(query: Tensor, key: Tensor, value: Tensor, masks: AttentionMasks = {}): AttentionResult {
    const heads = this.#heads(query, key, value)
    const options = { mask: joinedMask(masks), isCausal: masks.isCausal ?? false }
    const weights: Tensor = this.dropout.forward(attentionWeights(heads.query, heads.key, options))
    return { output: this.#joined(weights.matmul(heads.value)), weights: weights.mean(1) }
  }

  /** [N, heads, length, features / heads] each. */
  #heads(query: Tensor, key: Tensor, value: Tensor): Readonly<Record<'query' | 'key' | 'value', Tensor>> {
    const inputs = [query, key, value]
    const sizes = [this.features, this.keyFeatures, this.valueFeatures]
    inputs.forEach((input, i) => {
      if (input.rank !== 3)
        throw new ShapeError(
          `MultiHeadAttention: input ${showShape(input.shape)} must be ${this.batchFirst ? '[N, L, features]' : '[L, N, features]'}.`,
        )
      checkFeatures('MultiHeadAttention', input, sizes[i]!)
    })
    const [q, k, v] = this.#projected(inputs).map((input) => this.#split(input)) as [Tensor, Tensor, Tensor]
    return { query: q, key: k, value: v }
  }

  /** Self-attention has one input and needs one product. */
  #projected(inputs: readonly Tensor[]): readonly Tensor[] {
    const { features, inProjWeight, inProjBias } = this
    const [query, key, value] = inputs as [Tensor, Tensor, Tensor]
    if (inProjWeight !== undefined && query === key && key === value) {
      const all = projected(query, inProjWeight.value, inProjBias?.value)
      return inputs.map((_, i) => all.narrow(-1, i * features, features))
    }
    const separate = [this.qProjWeight, this.kProjWeight, this.vProjWeight]
    return inputs.map((input, i) => {
      const rows = (whole: Tensor): Tensor => whole.narrow(0, i * features, features)
      const weight = inProjWeight === undefined ? separate[i]!.value : rows(inProjWeight.value)
      return projected(input, weight, inProjBias === undefined ? undefined : rows(inProjBias.value))
    })
  }

  /** [N, L, features] or [L, N, features] → [N, heads, L, features / heads]. */
  #split(x: Tensor): Tensor {
    const [first, second] = x.shape as readonly [number, number, number]
    const heads: Tensor = x.reshape([first, second, this.heads, this.features / this.heads])
    return this.batchFirst ? heads.permute([0, 2, 1, 3]) : heads.permute([1, 2, 0, 3])
  }

  /** The heads beside each other, mapped to the output. */
  #joined(heads: Tensor): Tensor {
    const y: Tensor = this.batchFirst ? heads.permute([0, 2, 1, 3]) : heads.permute([2, 0, 1, 3])
    return this.outProj.forward(y.flatten(2, 3))
  }
}

/** x · weightᵀ + bias. */
function projected(x: Tensor, weight: Tensor, bias: Tensor | undefined): Tensor {
  const y = x.contract(weight, { over: [[-1, 1]] })
  return bias === undefined ? y : y.add(bias)
}
