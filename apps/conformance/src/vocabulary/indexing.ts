import {
  maskedFill,
  scatterAdd,
  scatterAddAlongAxis,
  scatterAlongAxis,
  searchSorted,
  type Tensor,
} from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly boundaries: Tensor
  readonly index: Tensor
  readonly indices: Tensor
  readonly input: Tensor
  readonly mask: Tensor
  readonly source: Tensor
  readonly src: Tensor
  readonly weight: Tensor
}

interface Attributes {
  readonly dim: number
  readonly num_classes: number
  readonly padding_idx?: number
  readonly value: number
}

export const indexing: Operations<'indexing', Inputs, Attributes> = {
  bucketize: ({ input, boundaries }) => searchSorted(boundaries, input),
  embedding: ({ input, weight }, { padding_idx }) => {
    const rows = weight.take(input, 0)
    if (padding_idx === undefined) return rows
    const index = padding_idx < 0 ? padding_idx + weight.shape[0] : padding_idx
    return input.equal(index).unsqueeze(-1).choose(rows.stopGradient(), rows)
  },
  gather: ({ input, index }, { dim }) => input.takeAlongAxis(index, dim),
  index_add: ({ input, index, source }, { dim }) =>
    input.add(scatterAdd(source, index, { axis: dim, size: input.shape.at(dim)! })),
  index_select: ({ input, index }, { dim }) => input.take(index, dim),
  masked_fill: ({ input, mask }, { value }) => maskedFill(input, mask, value),
  masked_select_sum: ({ input, mask }) => maskedFill(input, mask.not(), 0).sum(),
  one_hot: ({ input }, { num_classes }) => input.oneHot(num_classes),
  scatter: ({ input, index, src }, { dim }) => scatterAlongAxis(input, { indices: index, updates: src, axis: dim }),
  scatter_add: ({ input, index, src }, { dim }) =>
    scatterAddAlongAxis(input, { indices: index, updates: src, axis: dim }),
  take_along_dim: ({ input, indices }, { dim }) => input.takeAlongAxis(indices, dim),
}
