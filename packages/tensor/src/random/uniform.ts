import type { Shape } from '../shape.ts'
import type { Sized } from '../shape-types/mismatch.ts'
import type { Tensor } from '../tensor.ts'
import { keyFor } from './default-key.ts'
import type { RandomKey } from './key.ts'
import { randomBits } from './key.ts'

export interface UniformOptions {
  /** Default: the default key. */
  readonly key?: RandomKey
  /** Default 0. */
  readonly low?: number
  /** Default 1; never drawn. */
  readonly high?: number
}

/** Evenly distributed float32 numbers in [low, high), in 2²⁴ steps. */
export function uniform<const S extends Shape>(shape: S, options: UniformOptions = {}): Tensor<Sized<S>, 'float32'> {
  const { low = 0, high = 1 } = options
  const fraction = unitInterval(randomBits(keyFor(options.key), shape))
  if (low === 0 && high === 1) return fraction
  // low + (high − low)·u can round up to high.
  return fraction
    .multiply(high - low)
    .add(low)
    .minimum(largestBelow(high))
}

/** @internal Multiples of 2⁻²⁴ in [0, 1): the top 24 bits, which a float32 holds exactly. */
export function unitInterval(bits: Tensor): Tensor {
  return bits
    .shiftRight(8)
    .cast('float32')
    .multiply(2 ** -24)
}

const float = new Float32Array(1)
const word = new Int32Array(float.buffer)

/** The largest float32 below a number. */
function largestBelow(value: number): number {
  float[0] = value
  if (float[0] < value) return float[0]
  if (float[0] === 0) return -(2 ** -149)
  word[0] = float[0] > 0 ? word[0]! - 1 : word[0]! + 1
  return float[0]
}
