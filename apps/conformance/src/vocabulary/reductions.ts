import { cosineSimilarity, norm, normalize, pairwiseDistances, type Tensor } from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly input: Tensor
  readonly x1: Tensor
  readonly x2: Tensor
}

interface Attributes {
  readonly dim?: number | readonly number[]
  readonly keepdim?: boolean
  readonly ord?: number | string
  readonly p?: number | string
  readonly unbiased?: boolean
}

export const reductions: Operations<'reductions', Inputs, Attributes> = {
  all: ({ input }, { dim, keepdim = false }) => input.all(dim, { keepAxes: keepdim }),
  amax: ({ input }, { dim, keepdim = false }) => input.max(dim, { keepAxes: keepdim }),
  amin: ({ input }, { dim, keepdim = false }) => input.min(dim, { keepAxes: keepdim }),
  any: ({ input }, { dim, keepdim = false }) => input.any(dim, { keepAxes: keepdim }),
  argmax: ({ input }, { dim, keepdim = false }) => input.argMax(dim, { keepAxes: keepdim }),
  argmin: ({ input }, { dim, keepdim = false }) => input.argMin(dim, { keepAxes: keepdim }),
  cdist: ({ x1, x2 }) => pairwiseDistances(x1, x2),
  cosine_similarity: ({ x1, x2 }, { dim = 1 }) => cosineSimilarity(x1, x2, dim as number),
  logsumexp: ({ input }, { dim, keepdim = false }) => input.logSumExp(dim, { keepAxes: keepdim }),
  // Along an axis the gradient goes to the element whose index is given; over all axes equal ones share it.
  max: ({ input }, { dim, keepdim = false }) =>
    dim === undefined
      ? input.max()
      : [
          input.max(dim as number, { keepAxes: keepdim, ties: 'first' }),
          input.argMax(dim as number, { keepAxes: keepdim }),
        ],
  mean: ({ input }, { dim, keepdim = false }) => input.mean(dim, { keepAxes: keepdim }),
  min: ({ input }, { dim, keepdim = false }) =>
    dim === undefined
      ? input.min()
      : [
          input.min(dim as number, { keepAxes: keepdim, ties: 'first' }),
          input.argMin(dim as number, { keepAxes: keepdim }),
        ],
  norm: ({ input }, { p = 2, dim, keepdim = false }) => norm(input, dim, { order: orderOf(p), keepAxes: keepdim }),
  normalize: ({ input }, { p = 2, dim = 1 }) => normalize(input, dim as number, { order: orderOf(p) }),
  prod: ({ input }, { dim, keepdim = false }) => input.product(dim, { keepAxes: keepdim }),
  std: ({ input }, { dim, keepdim = false, unbiased = true }) =>
    input.standardDeviation(dim, { keepAxes: keepdim, correction: unbiased ? 1 : 0 }),
  sum: ({ input }, { dim, keepdim = false }) => input.sum(dim, { keepAxes: keepdim }),
  var: ({ input }, { dim, keepdim = false, unbiased = true }) =>
    input.variance(dim, { keepAxes: keepdim, correction: unbiased ? 1 : 0 }),
  vector_norm: ({ input }, { ord = 2, dim, keepdim = false }) =>
    norm(input, dim, { order: orderOf(ord), keepAxes: keepdim }),
}

/** A number, "inf" or "-inf". */
function orderOf(order: number | string): number {
  if (typeof order === 'number') return order
  return order.startsWith('-') ? -Infinity : Infinity
}
