// What layers are that drop at random while training.

import { bernoulli, Flag, iota, type RandomKey, type Shape, type Tensor, Variable } from '@neurite/tensor'
import { checkProbability } from '../argument-checks.ts'
import type { Module } from '../module.ts'
import type { SameShape, Shaped } from '../shape-function.ts'

export interface DropoutOptions {
  /** Random key that the masks are drawn from; it becomes a buffer of the layer. Without one the default key is drawn from. */
  readonly key?: RandomKey
}

/** Draws a mask for every call in training mode; in evaluation mode it is the identity. */
export abstract class DropoutLayer implements Module, Shaped<SameShape> {
  declare readonly shapes?: SameShape
  readonly training: Flag = new Flag(true)
  readonly probability: number
  readonly key: Variable<[2], 'int32'> | undefined

  protected constructor(name: string, probability: number, options: DropoutOptions) {
    checkProbability(name, 'probability', probability)
    this.probability = probability
    this.key = options.key === undefined ? undefined : new Variable(options.key)
  }

  /** Whether anything is dropped now. */
  protected get isDropping(): boolean {
    return this.training.on && this.probability > 0
  }

  /** Bools, each true with the probability to be kept. */
  protected drawKept(shape: Shape): Tensor {
    return bernoulli(shape, { probability: 1 - this.probability, ...this.#drawKey() })
  }

  abstract forward(x: Tensor): Tensor

  #drawKey(): { readonly key?: RandomKey } {
    if (this.key === undefined) return {}
    const key = this.key.value
    // As the default key does, it counts its draws in the second word.
    this.key.assign(key.add(iota([2], 0)))
    return { key }
  }
}

/** What is kept divided by its probability, 0 elsewhere; the mask broadcasts. */
export function keptOf(x: Tensor, isKept: Tensor, probability: number): Tensor {
  return isKept.choose(x.multiply(1 / (1 - probability)), 0)
}
