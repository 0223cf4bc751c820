// Whole matrices of derivatives: products with all unit vectors at once.

import { type DType, eye, type Tensor, zeros } from '@neurite/tensor'
import { overExamples } from './batching/over-examples.ts'
import { moved } from './batching/rules/axes.ts'
import { tangentsOf } from './forward/tangents.ts'
import { leafLike } from './leaf-like.ts'
import { cotangentsOf } from './walk.ts'

/** [output][target]: ∂output / ∂target of shape [...output, ...target], by reverse mode: row after row, all in one batch. */
export function rowsOf(outputs: readonly Tensor[], targets: readonly Tensor[]): readonly (readonly Tensor[])[] {
  return outputs.map((output) => {
    const cotangent = leafLike(output)
    const pulled = cotangentsOf(targets, [output], [cotangent])
    return overUnitVectors(cotangent, pulled).map((rows, i) => rows.reshape([...output.shape, ...targets[i]!.shape]))
  })
}

/** The same by forward mode: column after column. */
export function columnsOf(outputs: readonly Tensor[], targets: readonly Tensor[]): readonly (readonly Tensor[])[] {
  const byTarget = targets.map((target) => {
    const tangent = leafLike(target)
    const tangents = targets.map((other) => (other === target ? tangent : undefined))
    const pushed = tangentsOf(targets, tangents, outputs)
    const columns = overUnitVectors(
      tangent,
      pushed.map((found, i) => found ?? zeros(outputs[i]!.shape, outputs[i]!.dtype)),
    )
    return columns.map((column, i) =>
      moved(column, 0, column.rank - 1)
        .reshape([...outputs[i]!.shape, ...target.shape])
        .cast(target.dtype),
    )
  })
  return outputs.map((_, output) => byTarget.map((columns) => columns[output]!))
}

/** For each result [count, …]: it as it is where `vector` is each of the unit vectors of its shape. */
function overUnitVectors(vector: Tensor, results: readonly Tensor[]): readonly Tensor[] {
  const { size: count, shape, dtype } = vector
  const units: Tensor = eye(count, dtype as DType).reshape([count, ...shape])
  return overExamples(count, [vector], [units], results).map(({ tensor, isBatched }) =>
    isBatched ? tensor : tensor.broadcastTo([count, ...tensor.shape]),
  )
}
