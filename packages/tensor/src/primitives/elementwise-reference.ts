import type { DType, TypedArray } from '../dtype.ts'
import { allocate, isFloating } from '../dtype.ts'
import type { BinaryName, ElementwiseName, ReferenceRule, ReferenceRules, UnaryName } from '../primitive.ts'
import { conversion, multiplication } from './element.ts'
import { erf } from './erf.ts'

// An element is computed in float64. The typed array that stores it rounds it to float32, or wraps an integer after
// cutting off a quotient's fraction.

export const elementwiseReference: ReferenceRules<ElementwiseName> = {
  negate: unary(() => (x) => -x),
  absolute: unary(() => Math.abs),
  sqrt: unary(() => Math.sqrt),
  exp: unary(() => Math.exp),
  log: unary(() => Math.log),
  sin: unary(() => Math.sin),
  cos: unary(() => Math.cos),
  tanh: unary(() => Math.tanh),
  sigmoid: unary(() => sigmoid),
  erf: unary(() => erf),
  floor: unary(() => Math.floor),
  round: unary(() => roundTiesToEven),

  add: binary(() => (a, b) => a + b),
  subtract: binary(() => (a, b) => a - b),
  multiply: binary(multiplication),
  divide: binary((dtype) => (isFloating(dtype) ? (a, b) => a / b : (a, b) => (b === 0 ? 0 : a / b))),
  remainder: binary((dtype) => (isFloating(dtype) ? floorRemainder : (a, b) => (b === 0 ? 0 : floorRemainder(a, b)))),
  power: binary(() => power),
  maximum: binary(() => Math.max),
  minimum: binary(() => Math.min),
  less: binary(() => (a, b) => (a < b ? 1 : 0)),
  lessEqual: binary(() => (a, b) => (a <= b ? 1 : 0)),
  equal: binary(() => (a, b) => (a === b ? 1 : 0)),
  and: binary(() => (a, b) => a & b),
  or: binary(() => (a, b) => a | b),
  xor: binary(() => (a, b) => a ^ b),
  shiftLeft: binary(() => (a, b) => a << b),
  shiftRightLogical: binary(() => (a, b) => a >>> b),

  cast: ([x], { dtype }) => mapElements(x!.data, conversion(x!.dtype, dtype), dtype),

  select: ([condition, a, b], _, { dtype }) => {
    const result = allocate(dtype, a!.data.length)
    for (let i = 0; i < result.length; i++) result[i] = condition!.data[i] === 0 ? b!.data[i]! : a!.data[i]!
    return result
  },
}

function unary<P extends UnaryName>(operationOn: (dtype: DType) => (x: number) => number): ReferenceRule<P> {
  return ([x], _, { dtype }) => mapElements(x!.data, operationOn(x!.dtype), dtype)
}

function binary<P extends BinaryName>(
  operationOn: (dtype: DType) => (a: number, b: number) => number,
): ReferenceRule<P> {
  return ([a, b], _, { dtype }) => {
    const operation = operationOn(a!.dtype)
    const [left, right] = [a!.data, b!.data]
    const result = allocate(dtype, left.length)
    for (let i = 0; i < result.length; i++) result[i] = operation(left[i]!, right[i]!)
    return result
  }
}

function mapElements(data: TypedArray, operation: (x: number) => number, dtype: DType): TypedArray {
  const result = allocate(dtype, data.length)
  for (let i = 0; i < result.length; i++) result[i] = operation(data[i]!)
  return result
}

// Each branch raises e only to a negative power.
function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const small = Math.exp(x)
  return small / (1 + small)
}

function roundTiesToEven(x: number): number {
  return x - Math.floor(x) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)
}

// % is exact and has the dividend's sign.
function floorRemainder(a: number, b: number): number {
  const rest = a % b
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
}

// As in C: JavaScript makes NaN of 1 to the power of NaN and of ±1 to the power of ±∞.
function power(a: number, b: number): number {
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b
}
