import { type AnyShape, type DType, type Shape, type Tensor, unflatten } from '@neurite/tensor'
import type { Module } from '../module.ts'

/** Splits one axis into several, what `Flatten` undoes: [N, 12] with `new Unflatten(1, [3, 4])` → [N, 3, 4]. */
export class Unflatten implements Module {
  readonly axis: number
  readonly sizes: Shape

  /**
   * @param axis Negative ones count from the end.
   * @param sizes of the axes that it becomes; one of them may be −1 and is worked out.
   */
  constructor(axis: number, sizes: Shape) {
    this.axis = axis
    this.sizes = sizes
  }

  /** @throws ShapeError if `x` lacks the axis, or it has not as many elements as the sizes. */
  forward<D extends DType>(x: Tensor<Shape, D>): Tensor<AnyShape, D> {
    return unflatten(x, this.axis, this.sizes)
  }
}
