import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

export interface MeshgridOptions {
  /** 'ij' (default): the axes are in the order of the vectors. 'xy': the first two change places, as in pictures. */
  readonly indexing?: 'ij' | 'xy'
}

/**
 * Coordinates of the points of a grid: for each vector a tensor in the shape of the grid, which varies along one axis.
 * @throws ShapeError if an operand is not a vector.
 */
export function meshgrid<D extends DType>(
  vectors: readonly Tensor<Shape, D>[],
  options: MeshgridOptions = {},
): Tensor<AnyShape, D>[] {
  const { indexing = 'ij' } = options
  for (const vector of vectors)
    if (vector.rank !== 1) throw new ShapeError(`meshgrid: takes vectors, not ${showShape(vector.shape)}.`)
  const axisOf = (i: number): number => (indexing === 'xy' && i < 2 && vectors.length > 1 ? 1 - i : i)
  const shape = vectors.map((_, axis) => vectors[axisOf(axis)]!.size)
  return vectors.map((vector, i) => {
    const alone = vectors.map((_, axis) => (axis === axisOf(i) ? vector.size : 1))
    return (vector as Tensor).reshape(alone).broadcastTo(shape)
  })
}
