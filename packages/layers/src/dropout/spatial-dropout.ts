import { type DType, type Shape, ShapeError, showShape, type Tensor, zerosLike } from '@neurite/tensor'
import { DropoutLayer, type DropoutOptions, keptOf } from './dropout-layer.ts'

/**
 * Sets whole channels to 0 at random while training, where neighbouring elements say the same (Tompson et al. 2015, § 3.2):
 * PyTorch's Dropout1d, Dropout2d and Dropout3d.
 *
 * x [N, C, ...]: an element is divided by 1 − probability where its channel is kept, and 0 elsewhere. Evaluation mode is the
 * identity. Every call draws anew.
 */
export class SpatialDropout extends DropoutLayer {
  /**
   * @param probability of a channel to be dropped. Default 0.5.
   * @throws RangeError unless it lies in [0, 1].
   */
  constructor(probability = 0.5, options: DropoutOptions = {}) {
    super('SpatialDropout', probability, options)
  }

  /** @throws ShapeError unless `x` is [N, C, ...]. */
  forward<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
    const shape: Shape = x.shape
    if (shape.length < 2)
      throw new ShapeError(`SpatialDropout: input ${showShape(shape)} has no channels; the layer takes [N, C, ...].`)
    if (!this.isDropping) return x
    if (this.probability === 1) return zerosLike(x)
    const isKept = this.drawKept(shape.map((length, axis) => (axis < 2 ? length : 1)))
    return keptOf(x, isKept, this.probability)
  }
}
