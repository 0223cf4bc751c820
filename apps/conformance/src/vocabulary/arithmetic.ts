import { fmax, fmin, fmod, hypot, lerp, rsqrt, type Tensor } from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly end: Tensor
  readonly exponent?: Tensor
  readonly input: Tensor
  readonly other: Tensor
  readonly tensor1: Tensor
  readonly tensor2: Tensor
  readonly tensors: readonly Tensor[]
  readonly weight: Tensor
}

interface Attributes {
  readonly alpha?: number
  readonly exponent?: number
  readonly max?: number
  readonly min?: number
  readonly rounding_mode?: 'floor' | 'trunc'
  readonly value?: number
}

export const arithmetic: Operations<'arithmetic', Inputs, Attributes> = {
  abs: ({ input }) => input.absolute(),
  add: ({ input, other }, { alpha = 1 }) => input.add(alpha === 1 ? other : other.multiply(alpha)),
  addcdiv: ({ input, tensor1, tensor2 }, { value = 1 }) => input.add(tensor1.divide(tensor2).multiply(value)),
  addcmul: ({ input, tensor1, tensor2 }, { value = 1 }) => input.add(tensor1.multiply(tensor2).multiply(value)),
  cast_int: ({ input }) => input.cast('int32'),
  ceil: ({ input }) => input.ceil(),
  clamp: ({ input }, bounds) => input.clamp(bounds),
  div: ({ input, other }, { rounding_mode }) => {
    if (rounding_mode === 'floor') return input.floorDivide(other)
    return rounding_mode === 'trunc' ? truncatedQuotient(input, other) : input.divide(other)
  },
  floor: ({ input }) => input.floor(),
  fmax: ({ input, other }) => fmax(input, other),
  fmin: ({ input, other }) => fmin(input, other),
  fmod: ({ input, other }) => fmod(input, other),
  hypot: ({ input, other }) => hypot(input, other),
  lerp: ({ input, end, weight }) => lerp(input, end, weight),
  maximum: ({ input, other }) => input.maximum(other),
  maximum_all: ({ tensors }) => tensors.reduce((largest, tensor) => largest.maximum(tensor)),
  minimum: ({ input, other }) => input.minimum(other),
  mul: ({ input, other }) => input.multiply(other),
  neg: ({ input }) => input.negate(),
  pow: ({ input, exponent }, attributes) => input.power(exponent ?? attributes.exponent!),
  reciprocal: ({ input }) => input.reciprocal(),
  remainder: ({ input, other }) => input.remainder(other),
  round: ({ input }) => input.round(),
  rsqrt: ({ input }) => rsqrt(input),
  sign: ({ input }) => input.sign(),
  sqrt: ({ input }) => input.sqrt(),
  square: ({ input }) => input.square(),
  sub: ({ input, other }, { alpha = 1 }) => input.subtract(alpha === 1 ? other : other.multiply(alpha)),
  trunc: ({ input }) => input.truncate(),
}

/** Of integers an integer, exactly: without the remainder there is nothing to truncate. */
function truncatedQuotient(a: Tensor, b: Tensor): Tensor {
  const areIntegers = a.dtype === 'int32' && b.dtype === 'int32'
  return areIntegers ? a.subtract(fmod(a, b)).floorDivide(b) : a.divide(b).truncate()
}
