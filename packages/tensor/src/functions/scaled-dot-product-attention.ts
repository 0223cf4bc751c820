import { ones } from '../create.ts'
import type { AnyDType } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { AnyShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { tril } from './views/triangle.ts'

export interface AttentionOptions {
  /** [..., L, S], broadcast: a bool mask says where a query may attend; a float one is added to the scores. */
  readonly mask?: Tensor | undefined
  /** Whether a query attends only to the keys up to its own position. Default false. */
  readonly isCausal?: boolean
  /** Factor of the scores, default 1 / √E. */
  readonly scale?: number
}

/**
 * softmax(query · keyᵀ · scale + mask) · value (Vaswani et al. 2017, eq. 1).
 *
 * query [..., L, E], key [..., S, E], value [..., S, V] → [..., L, V]; leading axes broadcast.
 * @throws ShapeError if the shapes do not fit.
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: AttentionOptions = {},
): Tensor<AnyShape, AnyDType> {
  checkShapes(query, key, value)
  return weightsOf(query, key, options).matmul(value)
}

/**
 * How much each query attends to each key, the factors of the values in `scaledDotProductAttention`: [..., L, S].
 * @throws ShapeError if the shapes do not fit.
 */
export function attentionWeights(
  query: Tensor,
  key: Tensor,
  options: AttentionOptions = {},
): Tensor<AnyShape, AnyDType> {
  checkShapes(query, key, key)
  return weightsOf(query, key, options)
}

function weightsOf(query: Tensor, key: Tensor, options: AttentionOptions): Tensor {
  const { mask, isCausal = false, scale = 1 / Math.sqrt(query.shape.at(-1) ?? 1) } = options
  const scores = query.matmul(key.transpose()).multiply(scale) as Tensor
  const allowed = isCausal ? causal(scores) : scores
  return masked(allowed, mask).softmax(-1)
}

function causal(scores: Tensor): Tensor {
  const [queries, keys] = scores.shape.slice(-2) as [number, number]
  const mayAttend: Tensor = tril(ones([queries, keys]))
  return mayAttend.choose(scores, -Infinity)
}

function masked(scores: Tensor, mask: Tensor | undefined): Tensor {
  if (mask === undefined) return scores
  return mask.dtype === 'bool' ? mask.choose(scores, -Infinity) : scores.add(mask)
}

function checkShapes(query: Tensor, key: Tensor, value: Tensor): void {
  const operands = `query ${showShape(query.shape)}, key ${showShape(key.shape)}, value ${showShape(value.shape)}`
  if (query.rank < 2 || key.rank < 2 || value.rank < 2)
    throw new ShapeError(`scaledDotProductAttention: takes [..., L, E], [..., S, E] and [..., S, V], not ${operands}.`)
  if (query.shape.at(-1) !== key.shape.at(-1))
    throw new ShapeError(
      `scaledDotProductAttention: features of query and key differ: ${operands} (${query.shape.at(-1)} ≠ ${key.shape.at(-1)}).`,
    )
  if (key.shape.at(-2) !== value.shape.at(-2))
    throw new ShapeError(
      `scaledDotProductAttention: key and value differ in length: ${operands} (${key.shape.at(-2)} ≠ ${value.shape.at(-2)}).`,
    )
}
