import {
  argSort,
  cumulativeMaximum,
  cumulativeProduct,
  cumulativeSum,
  type DType,
  difference,
  logCumulativeSumExp,
  median,
  type Shape,
  sort,
  type Tensor,
  topK,
  type ValuesAndIndices,
} from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly input: Tensor
}

interface Attributes {
  readonly descending?: boolean
  readonly dim?: number
  readonly k: number
  readonly largest?: boolean
}

export const sorting: Operations<'sorting', Inputs, Attributes> = {
  argsort: ({ input }, { dim = -1, descending = false }) => argSort(input, dim, { descending }),
  cummax: ({ input }, { dim = -1 }) => both(cumulativeMaximum(input, dim)),
  cumprod: ({ input }, { dim = -1 }) => cumulativeProduct(input, dim),
  cumsum: ({ input }, { dim = -1 }) => cumulativeSum(input, dim),
  diff: ({ input }, { dim = -1 }) => difference(input, dim),
  logcumsumexp: ({ input }, { dim = -1 }) => logCumulativeSumExp(input, dim),
  median: ({ input }, { dim = -1 }) => both(median(input, dim)),
  sort: ({ input }, { dim = -1, descending = false }) => both(sort(input, dim, { descending })),
  topk: ({ input }, { k, dim = -1, largest = true }) => both(topK(input, k, { axis: dim, largest })),
}

function both({ values, indices }: ValuesAndIndices<Shape, DType>): readonly Tensor[] {
  return [values, indices]
}
