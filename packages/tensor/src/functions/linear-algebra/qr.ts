import { eye, zeros } from '../../create.ts'
import type { DType, Floating } from '../../dtype.ts'
import { floatingOf } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { concatenate } from '../concatenate.ts'
import { norm } from '../reductions/norm.ts'
import { diagonal } from '../views/diagonal.ts'
import { columns, nonZero, padFront, rows } from './matrices.ts'

export interface QR<D extends DType = DType> {
  /** Orthonormal columns [..., M, min(M, N)]. */
  readonly q: Tensor<AnyShape, D>
  /** Upper triangular [..., min(M, N), N], its diagonal not negative. */
  readonly r: Tensor<AnyShape, D>
}

/**
 * q · r = a for matrices [..., M, N], by Householder reflections. The positive diagonal of r makes both unique where `a` has full
 * rank; elsewhere there is no gradient.
 * @throws ShapeError if there are fewer than two axes.
 */
export function qr<D extends DType>(a: Tensor<Shape, D>): QR<Floating<D>> {
  if (a.rank < 2) throw new ShapeError(`qr: takes matrices [..., M, N], not ${showShape(a.shape)}.`)
  const matrix: Tensor = a.cast(floatingOf(a.dtype))
  const [height, width] = matrix.shape.slice(-2) as [number, number]
  const count = Math.min(height, width)
  const mirrors: Tensor[] = []
  const triangle: Tensor[] = []
  let rest = matrix
  for (let step = 0; step < count; step++) {
    const mirror = mirrorOf(columns(rest, 0, 1))
    const reflected = reflect(rest, mirror)
    mirrors.push(mirror)
    triangle.push(padFront(rows(reflected, 0, 1), 0, step))
    rest = columns(rows(reflected, 1), 1)
  }
  if (count === 0) return { q: columns(matrix, 0, 0), r: rows(matrix, 0, 0) }
  return withPositiveDiagonal(reflectedIdentity(mirrors, height, matrix), concatenate(triangle, -2))
}

/** The unit vector along which a reflection turns the column [..., M, 1] into a multiple of (1, 0, …, 0). */
function mirrorOf(unscaled: Tensor): Tensor {
  // Its length does not matter, but must not overflow or vanish when squared.
  const column = unscaled.divide(nonZero(unscaled.stopGradient().absolute().max(-2, { keepAxes: true })))
  const first = rows(column, 0, 1)
  const length: Tensor = norm(column, -2, { keepAxes: true })
  // Away from the first element, so that nothing cancels.
  const turned = first.less(0).choose(first.subtract(length), first.add(length))
  const vector = concatenate([turned, rows(column, 1)], -2)
  return vector.divide(nonZero(norm(vector, -2, { keepAxes: true })))
}

/** x − 2 · v · (vᵀ · x). */
function reflect(x: Tensor, mirror: Tensor): Tensor {
  return x.subtract(mirror.multiply(mirror.transpose().matmul(x)).multiply(2))
}

/** All reflections one after the other, applied to the first columns of the identity: from the last, smallest one on. */
function reflectedIdentity(mirrors: readonly Tensor[], height: number, { shape, dtype }: Tensor): Tensor {
  const batch: Shape = shape.slice(0, -2)
  const empty: Tensor = zeros([...batch, height - mirrors.length, 0], dtype)
  return mirrors.reduceRight<Tensor>((basis, mirror) => {
    const front: Tensor = columns(eye(basis.shape.at(-2) + 1, dtype), 0, 1)
    const column = front.broadcastTo([...batch, ...front.shape])
    return reflect(concatenate([column, padFront(basis, 1, 0)], -1), mirror)
  }, empty)
}

function withPositiveDiagonal(q: Tensor, r: Tensor): QR<never> {
  const signs: Tensor = (diagonal(r) as Tensor).less(0).choose(-1, 1).cast(r.dtype)
  return { q: q.multiply(signs.unsqueeze(-2)), r: r.multiply(signs.unsqueeze(-1)) } as unknown as QR<never>
}
