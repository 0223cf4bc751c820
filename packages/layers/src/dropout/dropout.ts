import {
  bernoulli,
  type DType,
  Flag,
  iota,
  type RandomKey,
  type Shape,
  type Tensor,
  Variable,
  where,
  zerosLike,
} from '@neurite/tensor'
import { checkProbability } from '../argument-checks.ts'
import type { Module } from '../module.ts'
import type { SameShape, Shaped } from '../shape-function.ts'

export interface DropoutOptions {
  /** Random key that the masks are drawn from; it becomes a buffer of the layer. Without one the default key is drawn from. */
  readonly key?: RandomKey
}

/**
 * Sets elements to 0 at random while training, so that features do not rely on each other (Srivastava et al. 2014).
 *
 *     y = x / (1 − probability) where kept, 0 elsewhere
 *
 * The division keeps the mean ("inverted dropout"), so that evaluation mode is the identity. Every call draws anew.
 */
export class Dropout implements Module, Shaped<SameShape> {
  declare readonly shapes?: SameShape
  readonly training: Flag = new Flag(true)
  readonly probability: number
  readonly key: Variable<[2], 'int32'> | undefined

  /**
   * @param probability of an element to be dropped. Default 0.5.
   * @throws RangeError unless it lies in [0, 1].
   */
  constructor(probability = 0.5, options: DropoutOptions = {}) {
    checkProbability('Dropout', 'probability', probability)
    this.probability = probability
    this.key = options.key === undefined ? undefined : new Variable(options.key)
  }

  forward<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
    if (!this.training.on || this.probability === 0) return x
    // A factor of 1 / 0 would bring NaN into the gradients.
    if (this.probability === 1) return zerosLike(x)
    const kept = 1 - this.probability
    const isKept: Tensor = bernoulli(x.shape, { probability: kept, ...this.drawKey() })
    return where(isKept, (x as Tensor).multiply(1 / kept), 0)
  }

  private drawKey(): { readonly key?: RandomKey } {
    if (this.key === undefined) return {}
    const key = this.key.value
    // As the default key does, it counts its draws in the second word.
    this.key.assign(key.add(iota([2], 0)))
    return { key }
  }
}
