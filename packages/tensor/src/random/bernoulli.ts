import type { Shape } from '../shape.ts'
import type { Sized } from '../shape-types/mismatch.ts'
import type { Tensor } from '../tensor.ts'
import type { RandomKey } from './key.ts'
import { uniform } from './uniform.ts'

export interface BernoulliOptions {
  /** Of true, from 0 (never) to 1 (always). */
  readonly probability: number
  /** Default: the default key. */
  readonly key?: RandomKey
}

/** Bools, each true with the given probability. */
export function bernoulli<const S extends Shape>(shape: S, options: BernoulliOptions): Tensor<Sized<S>, 'bool'> {
  const draws: Tensor = uniform(shape, options.key === undefined ? {} : { key: options.key })
  return draws.less(options.probability)
}
