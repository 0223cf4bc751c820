import { type DType, type Floating, type Shape, type Tensor, zerosLike } from '@neurite/tensor'
import { DropoutLayer, type DropoutOptions } from './dropout-layer.ts'

/** What selu gives for −∞: −scale · alpha. */
const saturation = -1.0507009873554805 * 1.6732632423543772

/**
 * Dropout that keeps mean 0 and variance 1, for nets with `selu` (Klambauer et al. 2017, § "New dropout technique").
 *
 *     y = a · x + b where kept, a · α′ + b elsewhere,   α′ = −1.758…,
 *     a = 1 / √((1 − p) · (1 + p · α′²)),   b = −a · p · α′
 *
 * Evaluation mode is the identity. Every call draws anew.
 */
export class AlphaDropout extends DropoutLayer {
  /**
   * @param probability p of an element to be dropped. Default 0.5.
   * @throws RangeError unless it lies in [0, 1].
   */
  constructor(probability = 0.5, options: DropoutOptions = {}) {
    super('AlphaDropout', probability, options)
  }

  forward<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
    if (!this.isDropping) return x as Tensor
    const p = this.probability
    if (p === 1) return zerosLike(x as Tensor)
    const factor = 1 / Math.sqrt((1 - p) * (1 + p * saturation ** 2))
    const offset = -factor * p * saturation
    const isKept = this.drawKept(x.shape)
    return isKept.choose((x as Tensor).multiply(factor).add(offset), factor * saturation + offset)
  }
}
