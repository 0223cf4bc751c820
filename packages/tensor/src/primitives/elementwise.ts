import type { DType } from '../dtype.ts'
import { checkIsDType } from '../dtype.ts'
import { DTypeError, ShapeError, showShape } from '../errors.ts'
import type { BinaryName, ElementwiseName, ShapeRule, ShapeRules, TensorType, UnaryName } from '../primitive.ts'
import { sameShape } from '../shape.ts'

// These rules run at every operation of a user's program: they compare, and build a new type only where it differs.

const floats = ['float32', 'float64'] as const
const integers = ['int32', 'uint8'] as const
const numbers = [...floats, ...integers] as const
const bits = [...integers, 'bool'] as const
const all = [...numbers, 'bool'] as const

/** The dtypes that each operation takes. */
const accepted: { readonly [P in UnaryName | BinaryName]: readonly DType[] } = {
  negate: numbers,
  absolute: numbers,
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
  add: numbers,
  subtract: numbers,
  multiply: numbers,
  divide: numbers,
  remainder: numbers,
  power: floats,
  maximum: all,
  minimum: all,
  less: all,
  lessEqual: all,
  equal: all,
  and: bits,
  or: bits,
  xor: bits,
  shiftLeft: integers,
  shiftRightLogical: integers,
}

export const elementwiseShapes: ShapeRules<ElementwiseName> = {
  negate: unary('negate'),
  absolute: unary('absolute'),
  sqrt: unary('sqrt'),
  exp: unary('exp'),
  log: unary('log'),
  sin: unary('sin'),
  cos: unary('cos'),
  tanh: unary('tanh'),
  sigmoid: unary('sigmoid'),
  erf: unary('erf'),
  floor: unary('floor'),
  round: unary('round'),

  add: binary('add'),
  subtract: binary('subtract'),
  multiply: binary('multiply'),
  divide: binary('divide'),
  remainder: binary('remainder'),
  power: binary('power'),
  maximum: binary('maximum'),
  minimum: binary('minimum'),
  and: binary('and'),
  or: binary('or'),
  xor: binary('xor'),
  shiftLeft: binary('shiftLeft'),
  shiftRightLogical: binary('shiftRightLogical'),

  less: comparison('less'),
  lessEqual: comparison('lessEqual'),
  equal: comparison('equal'),

  cast: ([x], { dtype }) => {
    // C1
    checkIsDType('cast', dtype)
    return x!.dtype === dtype ? x! : { shape: x!.shape, dtype }
  },

  select: ([condition, a, b]) => {
    // C1
    if (condition!.dtype !== 'bool')
      throw new DTypeError(`select: the condition must be bool, not ${condition!.dtype}. Compare it with something?`)
    // C2
    checkSameShape('select', condition!, a!)
    // C3
    return checkSameType('select', a!, b!)
  },
}

function unary<P extends UnaryName>(name: P): ShapeRule<P> {
  return ([x]) => {
    // C1
    checkDType(name, x!.dtype)
    return x!
  }
}

function binary<P extends BinaryName>(name: P): ShapeRule<P> {
  return ([a, b]) => {
    // C1
    checkDType(name, a!.dtype)
    // C2, C3
    return checkSameType(name, a!, b!)
  }
}

function comparison<P extends BinaryName>(name: P): ShapeRule<P> {
  return ([a, b]) => {
    // C2, C3
    checkSameType(name, a!, b!)
    return { shape: a!.shape, dtype: 'bool' }
  }
}

function checkDType(name: UnaryName | BinaryName, dtype: DType): void {
  if (accepted[name].includes(dtype)) return
  throw new DTypeError(
    `${name}: takes ${accepted[name].join(', ')}, not ${dtype}. Cast to ${accepted[name].includes('int32') ? 'int32' : 'float32'} first?`,
  )
}

function checkSameType(name: ElementwiseName, a: TensorType, b: TensorType): TensorType {
  checkSameShape(name, a, b)
  if (a.dtype !== b.dtype)
    throw new DTypeError(`${name}: dtypes differ: ${a.dtype} and ${b.dtype}. Cast one operand to the other's dtype.`)
  return a
}

function checkSameShape(name: ElementwiseName, a: TensorType, b: TensorType): void {
  if (sameShape(a.shape, b.shape)) return
  const axis = a.shape.findIndex((length, i) => length !== b.shape[i])
  const disagreement =
    a.shape.length === b.shape.length
      ? `${a.shape[axis]} ≠ ${b.shape[axis]} at axis ${axis}`
      : `${a.shape.length} ≠ ${b.shape.length} axes`
  throw new ShapeError(
    `${name}: shapes differ: ${showShape(a.shape)} and ${showShape(b.shape)} (${disagreement}). Broadcast one operand first.`,
  )
}
