import {
  type AnyDType,
  type DType,
  iota,
  normal,
  type Shape,
  ShapeError,
  showShape,
  stack,
  type Tensor,
} from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import type { InitializerOptions } from '../initializers/variance-preserving.ts'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import type { SameShape, Shaped } from '../shape-function.ts'

export interface PositionalEncodingOptions {
  /** Whether inputs are [N, L, features] instead of [L, N, features]. Default false. */
  readonly batchFirst?: boolean
}

/**
 * Waves added to a sequence, from which attention can tell positions and distances (Vaswani et al. 2017, § 3.5).
 *
 *     y[p, 2i] = x[p, 2i] + sin(p / 10000^(2i / features)),  y[p, 2i + 1] = x[p, 2i + 1] + cos(p / 10000^(2i / features))
 *
 * x [L, N, features], of any length L, → the same.
 */
export class SinusoidalPositionalEncoding implements Module, Shaped<SameShape> {
  declare readonly shapes?: SameShape
  readonly features: number
  readonly batchFirst: boolean

  /** @throws RangeError unless `features` is an even positive integer. */
  constructor(features: number, options: PositionalEncodingOptions = {}) {
    checkInteger('SinusoidalPositionalEncoding', 'features', features)
    if (features % 2 !== 0)
      throw new RangeError(
        `SinusoidalPositionalEncoding: features is ${features}; waves come in pairs, so it must be even.`,
      )
    this.features = features
    this.batchFirst = options.batchFirst ?? false
  }

  /** @throws ShapeError unless `x` is [L, N, features], or [N, L, features] where `batchFirst`. */
  forward<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, AnyDType> {
    const length = lengthOf('SinusoidalPositionalEncoding', x, this)
    return added(x, waves(length, this.features), this.batchFirst)
  }
}

export interface LearnedPositionalEncodingOptions extends PositionalEncodingOptions, InitializerOptions {}

/**
 * A learned vector for each position, added to a sequence (Gehring et al. 2017).
 *
 * x [L, N, features] with L up to `maximumLength` → the same; weight [maximumLength, features] starts from N(0, 0.02²), as in
 * GPT-2 (Radford et al. 2019).
 */
export class LearnedPositionalEncoding implements Module, Shaped<SameShape> {
  declare readonly shapes?: SameShape
  readonly features: number
  readonly maximumLength: number
  readonly batchFirst: boolean
  readonly weight: Parameter<[number, number], 'float32'>

  /** @throws RangeError unless both sizes are positive integers. */
  constructor(maximumLength: number, features: number, options: LearnedPositionalEncodingOptions = {}) {
    checkInteger('LearnedPositionalEncoding', 'maximumLength', maximumLength)
    checkInteger('LearnedPositionalEncoding', 'features', features)
    const { batchFirst = false, ...key } = options
    this.features = features
    this.maximumLength = maximumLength
    this.batchFirst = batchFirst
    this.weight = new Parameter(normal([maximumLength, features], { standardDeviation: 0.02, ...key }))
  }

  /** @throws ShapeError unless `x` is [L, N, features], or [N, L, features] where `batchFirst`, and L is not too large. */
  forward<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, AnyDType> {
    const length = lengthOf('LearnedPositionalEncoding', x, this)
    if (length > this.maximumLength)
      throw new ShapeError(
        `LearnedPositionalEncoding: input ${showShape(x.shape)} has ${length} positions; the layer knows ${this.maximumLength}.`,
      )
    return added(x, this.weight.value.narrow(0, 0, length), this.batchFirst)
  }
}

function lengthOf(
  layer: string,
  x: Tensor,
  { features, batchFirst }: { readonly features: number; readonly batchFirst: boolean },
): number {
  const shape: Shape = x.shape
  if (shape.length === 3 && shape[2] === features) return shape[batchFirst ? 1 : 0]!
  const axes = batchFirst ? `[N, L, ${features}]` : `[L, N, ${features}]`
  throw new ShapeError(`${layer}: input ${showShape(shape)} must be ${axes}.`)
}

function added(x: Tensor, encoding: Tensor, batchFirst: boolean): Tensor {
  return x.add(batchFirst ? encoding : encoding.unsqueeze(1))
}

/** [length, features], sines and cosines in turn. */
function waves(length: number, features: number): Tensor {
  const pairs = features / 2
  const position: Tensor = iota([length, pairs], 0).cast('float32')
  const pair: Tensor = iota([length, pairs], 1).cast('float32')
  const angle = position.multiply(pair.multiply((-2 * Math.log(10000)) / features).exp())
  return stack([angle.sin(), angle.cos()], 2).reshape([length, features])
}
