import type { DType, Promote } from '../dtype.ts'
import { promote } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import { checkTensor } from '../operand-checks.ts'
import type { AnyShape, Shape } from '../shape.ts'
import { broadcastShapes, normalizeAxis } from '../shape.ts'
import type { Dot, MatMul } from '../shape-types/contraction.ts'
import type { Fits, ResultShape } from '../shape-types/mismatch.ts'
import type { Tensor } from '../tensor.ts'
import { ReductionMethods } from './reduction.ts'

/** Pairs [axis of left, axis of right]. */
export interface ContractOptions {
  /** Pairs that stay, each once, in front. */
  readonly batch?: readonly (readonly [number, number])[]
  /** Pairs that are multiplied and summed. */
  readonly over?: readonly (readonly [number, number])[]
}

/** Sums of products. */
export abstract class ContractionMethods<S extends Shape, D extends DType> extends ReductionMethods<S, D> {
  /**
   * Matrix product of the last two axes; leading axes are batches and broadcast.
   *
   *     [..., M, K] × [..., K, N] → [..., M, N]
   *
   * A vector on the left is a row, on the right a column, and its axis disappears.
   * @throws ShapeError if the inner sizes differ or the batches cannot be broadcast.
   */
  matmul<S extends Shape, D extends DType, T extends Shape, E extends DType>(
    this: Tensor<S, D>,
    other: Tensor<T, E> & Fits<MatMul<S, T>>,
  ): Tensor<ResultShape<MatMul<S, T>>, Promote<D, E>> {
    checkTensor('matmul', other)
    checkInnerSizes(this.shape, other.shape)
    const dtype = promote(this.dtype, other.dtype)
    const left: Tensor = this.cast(dtype)
    const right: Tensor = other.cast(dtype)
    const inner = Math.max(0, right.rank - 2)
    if (left.rank <= 2 && right.rank > 2) return left.leftOfBatch(right, inner)
    if (right.rank <= 2) return this.bind('contract', [left, right], { batch: [], over: [[left.rank - 1, inner]] })
    return left.matmulBatches(right)
  }

  /** Σ xᵢ yᵢ of two vectors. */
  dot<S extends Shape, D extends DType, T extends Shape, E extends DType>(
    this: Tensor<S, D>,
    other: Tensor<T, E> & Fits<Dot<S, T>>,
  ): Tensor<ResultShape<Dot<S, T>>, Promote<D, E>> {
    checkTensor('dot', other)
    if (this.rank !== 1 || other.rank !== 1)
      throw new ShapeError(
        `dot: takes two vectors, not ${showShape(this.shape)} and ${showShape(other.shape)}. Use matmul for matrices.`,
      )
    if (this.shape[0] !== other.shape[0])
      throw new ShapeError(`dot: sizes differ: ${showShape(this.shape)} · ${showShape(other.shape)}.`)
    return (this as Tensor).matmul(other as Tensor)
  }

  /** Sums of products over any pairs of axes. Result axes: batch pairs, the others of left, the others of right. */
  contract<D extends DType, E extends DType>(
    this: Tensor<Shape, D>,
    other: Tensor<Shape, E>,
    options: ContractOptions,
  ): Tensor<AnyShape, Promote<D, E>> {
    checkTensor('contract', other)
    const dtype = promote(this.dtype, other.dtype)
    const counted = (pairs: readonly (readonly [number, number])[] = []): (readonly [number, number])[] =>
      pairs.map(([a, b]) => [normalizeAxis('contract', a, this.rank), normalizeAxis('contract', b, other.rank)])
    return this.bind('contract', [this.cast(dtype), other.cast(dtype)], {
      batch: counted(options.batch),
      over: counted(options.over),
    })
  }

  /** One matrix or row with many: the matrix's rows come out in front of the batch and are moved behind it. */
  private leftOfBatch(this: Tensor, right: Tensor, inner: number): Tensor {
    const product = this.bind('contract', [this, right], { batch: [], over: [[this.rank - 1, inner]] })
    if (this.rank === 1) return product
    const behind = right.rank - 2
    return product.permute([...Array.from({ length: behind }, (_, axis) => axis + 1), 0, behind + 1])
  }

  private matmulBatches(this: Tensor, other: Tensor): Tensor {
    const batchShape = broadcastShapes('matmul', this.shape.slice(0, -2), other.shape.slice(0, -2))
    const left = this.broadcastTo([...batchShape, ...this.shape.slice(-2)])
    const right = other.broadcastTo([...batchShape, ...other.shape.slice(-2)])
    const axes = batchShape.length
    const batch = batchShape.map((_, axis) => [axis, axis] as const)
    return this.bind('contract', [left, right], { batch, over: [[axes + 1, axes]] })
  }
}

function checkInnerSizes(left: Shape, right: Shape): void {
  const operands = `${showShape(left)} × ${showShape(right)}`
  if (left.length === 0 || right.length === 0)
    throw new ShapeError(`matmul: operands need at least 1 axis: ${operands}. Use multiply for scalars.`)
  const a = left[left.length - 1]
  const b = right[Math.max(0, right.length - 2)]
  if (a === b) return
  const fits = right.length > 1 && right[right.length - 1] === a
  throw new ShapeError(
    `matmul: inner sizes differ: ${operands} (${a} ≠ ${b}).${fits ? ' Transpose the second operand?' : ''}`,
  )
}
