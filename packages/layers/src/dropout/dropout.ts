import { type DType, type Shape, type Tensor, zerosLike } from '@neurite/tensor'
import { DropoutLayer, type DropoutOptions, keptOf } from './dropout-layer.ts'

/**
 * Sets elements to 0 at random while training, so that features do not rely on each other (Srivastava et al. 2014).
 *
 *     y = x / (1 − probability) where kept, 0 elsewhere
 *
 * The division keeps the mean ("inverted dropout"), so that evaluation mode is the identity. Every call draws anew.
 */
export class Dropout extends DropoutLayer {
  /**
   * @param probability of an element to be dropped. Default 0.5.
   * @throws RangeError unless it lies in [0, 1].
   */
  constructor(probability = 0.5, options: DropoutOptions = {}) {
    super('Dropout', probability, options)
  }

  forward<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
    if (!this.isDropping) return x
    // A factor of 1 / 0 would bring NaN into the gradients.
    if (this.probability === 1) return zerosLike(x)
    return keptOf(x, this.drawKept(x.shape), this.probability)
  }
}
