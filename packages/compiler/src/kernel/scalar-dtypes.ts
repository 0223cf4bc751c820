import type { DType } from './dtype.ts'
import type { Combine } from './kernel.ts'
import type { Scalar, ScalarOp } from './scalar.ts'

const floats = ['float32', 'float64'] as const
const integers = ['int32', 'uint8'] as const
const numbers = [...floats, ...integers] as const
const all = [...numbers, 'bool'] as const

/** The dtypes on which each operation works; of `select` the dtypes it can choose between. */
export const dtypesOfScalarOp: { readonly [Op in ScalarOp]: readonly DType[] } = {
  negate: numbers,
  add: numbers,
  subtract: numbers,
  multiply: numbers,
  divide: numbers,
  remainder: numbers,
  maximum: all,
  minimum: all,
  absolute: numbers,
  power: floats,
  sqrt: floats,
  exp: floats,
  log: floats,
  sin: floats,
  cos: floats,
  tanh: floats,
  sigmoid: floats,
  erf: floats,
  floor: floats,
  round: floats,
  and: [...integers, 'bool'],
  or: [...integers, 'bool'],
  xor: [...integers, 'bool'],
  shiftLeft: integers,
  shiftRightLogical: integers,
  less: all,
  lessEqual: all,
  equal: all,
  select: all,
  cast: all,
}

/** The dtypes that each reduction joins. */
export const dtypesOfCombine: { readonly [C in Combine]: readonly DType[] } = {
  add: numbers,
  multiply: numbers,
  maximum: all,
  minimum: all,
  argMax: all,
}

/** The dtype that a reduction of `value` finds. */
export function dtypeOfReduce({ combine, value }: { readonly combine: Combine; readonly value: Scalar }): DType {
  return combine === 'argMax' ? 'int32' : value.dtype
}
