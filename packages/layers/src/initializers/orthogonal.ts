import { iota, normal, type Shape, ShapeError, type Sized, scan, showShape, type Tensor, zeros } from '@neurite/tensor'
import type { InitializerOptions } from './variance-preserving.ts'

export interface OrthogonalOptions extends InitializerOptions {
  /** Factor of the matrix, such as √2 before a relu. Default 1. */
  readonly gain?: number
}

/**
 * A random matrix whose rows, or columns where these are fewer, are orthonormal: it keeps the length of what it maps, through any
 * number of layers or time steps (Saxe, McClelland & Ganguli 2014). PyTorch's `orthogonal_`.
 *
 * Axes after the first count as one: a kernel [outputs, inputs, ...kernel] has `outputs` rows.
 * @throws ShapeError if the shape has less than two axes or no elements.
 */
export function orthogonal<const S extends Shape>(shape: S, options: OrthogonalOptions = {}): Tensor<Sized<S>> {
  const { gain = 1, ...key } = options
  const [rows, ...others] = shape
  if (rows === undefined || others.length === 0 || shape.includes(0))
    throw new ShapeError(
      `orthogonal: a matrix [outputs, inputs, ...] without empty axes is needed, not ${showShape(shape)}.`,
    )
  const columns = others.reduce((product, length) => product * length, 1)
  const isTall = rows > columns
  const draws: Tensor = normal(isTall ? [columns, rows] : [rows, columns], key)
  const basis = orthonormalized(draws)
  return (isTall ? basis.transpose() : basis).multiply(gain).reshape(shape as Shape) as Tensor<Sized<S>>
}

/** Gram & Schmidt's rows, each twice freed of those before, which rounding makes necessary (Giraud et al. 2005). */
function orthonormalized(rows: Tensor): Tensor {
  const [count, length] = rows.shape as [number, number]
  const [, basis] = scan(
    (found: Tensor, { row, place }: { row: Tensor; place: Tensor }): [Tensor, Tensor] => {
      const free = (vector: Tensor): Tensor =>
        vector.subtract(found.matmul(vector).unsqueeze(0).matmul(found).squeeze(0))
      const vector = free(free(row))
      const unit = vector.divide(vector.square().sum().sqrt())
      return [iota([count, 1], 0).equal(place).choose(unit, found), unit]
    },
    zeros([count, length]) as Tensor,
    { row: rows, place: iota([count], 0) as Tensor },
  )
  return basis
}
