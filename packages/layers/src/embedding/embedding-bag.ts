import { type Shape, ShapeError, sameShape, showShape, type Tensor } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import { type EmbeddingOptions, embeddingTable, paddingRow } from './embedding.ts'

export interface EmbeddingBagOptions extends EmbeddingOptions {
  /** How the vectors of a bag become one. Default 'mean'. */
  readonly mode?: 'sum' | 'mean' | 'max'
}

/**
 * The sum, mean or maximum of the learned vectors of a bag of things, such as the words of a text.
 *
 * x (integers) [N, L] → [N, features]; weight [count, features] starts from N(0, 1). Entries that are the padding do not count; a
 * bag of nothing else gives zeros.
 */
export class EmbeddingBag implements Module {
  readonly count: number
  readonly features: number
  readonly mode: 'sum' | 'mean' | 'max'
  readonly paddingIndex: number | undefined
  readonly weight: Parameter<[number, number], 'float32'>

  /** @throws RangeError unless both sizes are positive integers, the padding is one of the rows and the mode exists. */
  constructor(count: number, features: number, options: EmbeddingBagOptions = {}) {
    const { mode = 'mean' } = options
    checkInteger('EmbeddingBag', 'count', count)
    checkInteger('EmbeddingBag', 'features', features)
    if (!['sum', 'mean', 'max'].includes(mode))
      throw new RangeError(`EmbeddingBag: mode is '${mode}'; it must be one of sum, mean, max.`)
    const paddingIndex = paddingRow('EmbeddingBag', options.paddingIndex, count)
    this.count = count
    this.features = features
    this.mode = mode
    this.paddingIndex = paddingIndex
    this.weight = new Parameter(
      embeddingTable(count, features, { ...options, ...(paddingIndex !== undefined && { paddingIndex }) }),
    )
  }

  /**
   * @param weights Factors of the vectors, [N, L], for mode 'sum' only.
   * @throws ShapeError if the shapes do not fit, TypeError for weights in another mode. An index outside [0, count) is an error
   * when the value is computed.
   */
  forward(x: Tensor, weights?: Tensor): Tensor {
    const shape: Shape = x.shape
    if (shape.length !== 2 || shape[1] === 0)
      throw new ShapeError(`EmbeddingBag: input ${showShape(shape)} must be bags of indices [N, L].`)
    checkWeights(this.mode, shape, weights)
    const vectors: Tensor = this.weight.value.take(x, 0)
    const isCounted = this.paddingIndex === undefined ? undefined : x.notEqual(this.paddingIndex).unsqueeze(-1)
    if (this.mode === 'max') return maximumOf(vectors, isCounted)
    const weighted = weights === undefined ? vectors : vectors.multiply(weights.unsqueeze(-1))
    const sum = (isCounted === undefined ? weighted : isCounted.choose(weighted, 0)).sum(1)
    if (this.mode === 'sum') return sum
    return sum.divide(isCounted === undefined ? shape[1]! : isCounted.cast(vectors.dtype).sum(1).maximum(1))
  }
}

/** Of equal elements the first takes the gradient, as in PyTorch. */
function maximumOf(vectors: Tensor, isCounted: Tensor | undefined): Tensor {
  if (isCounted === undefined) return vectors.max(1, { ties: 'first' })
  const largest = isCounted.choose(vectors, -Infinity).max(1, { ties: 'first' })
  return isCounted.any(1).choose(largest, 0)
}

function checkWeights(mode: string, shape: Shape, weights: Tensor | undefined): void {
  if (weights === undefined) return
  if (mode !== 'sum') throw new TypeError(`EmbeddingBag: weights are for mode 'sum'; the layer's is '${mode}'.`)
  if (!sameShape(weights.shape, shape))
    throw new ShapeError(`EmbeddingBag: weights ${showShape(weights.shape)} do not fit input ${showShape(shape)}.`)
}
