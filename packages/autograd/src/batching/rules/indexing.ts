import { bind, type IndexingName, iota, type Tensor, where } from '@neurite/tensor'
import type { BatchRules } from '../rule.ts'
import { joined, moved, parted } from './axes.ts'

export const indexingBatching: BatchRules<IndexingName> = {
  gather: ([source, indices], { inputs, attributes: { axis } }, { size }) => {
    if (!indices!.isBatched) return bind('gather', [source!.tensor, indices!.tensor], { axis: axis + 1 })
    if (!source!.isBatched) return moved(bind('gather', [source!.tensor, indices!.tensor], { axis }), axis, 0)
    // The rows of all examples one below the other; each example's indices point into its own.
    const length: number = inputs[0]!.shape[axis]
    const rows = joined(moved(source!.tensor, axis + 1, 1), 0)
    const found = bind('gather', [rows, amongAll(indices!.tensor, size, length)], { axis: 0 })
    return axesMoved(found, inputs[1]!.rank, axis)
  },

  scatterAdd: ([updates, indices], { inputs, attributes: { axis, size: length } }, batch) => {
    if (!indices!.isBatched)
      return bind('scatterAdd', [updates!.tensor, indices!.tensor], { axis: axis + 1, size: length })
    const rank = inputs[1]!.rank
    let all = batch.withAxis(updates!)
    for (let i = 0; i < rank; i++) all = moved(all, axis + 1 + i, 1 + i)
    const rows = bind('scatterAdd', [all, amongAll(indices!.tensor, batch.size, length)], {
      axis: 0,
      size: batch.size * length,
    })
    return moved(parted(rows, 0, batch.size, length), 1, axis + 1)
  },
}

/** [examples, …indices, …before, …after] → [examples, …before, …indices, …after], there being `axis` axes before. */
function axesMoved(x: Tensor, indexRank: number, axis: number): Tensor {
  let result = x
  for (let i = 0; i < axis; i++) result = moved(result, 1 + indexRank + i, 1 + i)
  return result
}

/** Indices below `length` of every example as indices among `length` rows of each; what was out of range stays so. */
function amongAll(indices: Tensor, size: number, length: number): Tensor {
  const own = indices.add(iota(indices.shape, 0).multiply(length))
  const beyond = indices.add((size - 1) * length)
  return where(indices.less(0), indices, where(indices.less(length), own, beyond))
}
