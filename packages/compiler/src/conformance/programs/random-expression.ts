// Random expressions. Arguments are kept where functions are defined and rounding errors do not explode, so that most results
// can be compared.

import { applyScalar, axisIndex, constantScalar, type DType, type Scalar } from '../../kernel/index.ts'
import { randomValue } from '../case-data.ts'
import { isFloat } from '../tolerance.ts'
import { randomLoad } from './random-access.ts'
import type { Scope } from './scope.ts'

const dtypes = ['float32', 'float64', 'int32', 'uint8', 'bool'] as const

/** Mostly float32, as in what is compiled. */
export function randomDType({ random }: Pick<Scope, 'random'>): DType {
  return random.chance(0.6) ? 'float32' : random.pick(dtypes)
}

/** An expression of a dtype with up to `depth` operations below one another. */
export function randomScalar(scope: Scope, dtype: DType, depth: number): Scalar {
  const again = scope.made.filter((scalar) => scalar.dtype === dtype)
  if (again.length > 0 && scope.random.chance(0.15)) return scope.random.pick(again)
  const scalar = depth <= 0 || scope.random.chance(0.1) ? randomLeaf(scope, dtype) : randomNode(scope, dtype, depth)
  scope.made.push(scalar)
  return scalar
}

function randomLeaf(scope: Scope, dtype: DType): Scalar {
  const { random, write } = scope
  const results = scope.results.filter((result) => result.dtype === dtype)
  if (results.length > 0 && random.chance(0.5)) return random.pick(results)
  const inPlace = scope.inPlace.filter((element) => element.dtype === dtype)
  if (inPlace.length > 0 && random.chance(0.6)) {
    const { buffer, index } = random.pick(inPlace)
    return write.load(buffer, index)
  }
  const buffers = scope.buffers.filter((buffer) => buffer.dtype === dtype)
  if (buffers.length > 0 && random.chance(0.85)) return randomLoad(scope, random.pick(buffers))
  // Without a buffer of the dtype, one of another dtype does.
  if (scope.buffers.length > 0 && random.chance(0.7)) {
    const loaded = randomLoad(scope, random.pick(scope.buffers))
    return loaded.dtype === dtype ? loaded : applyScalar('cast', [loaded], dtype)
  }
  if (scope.axes.length > 0 && random.chance(0.3))
    return { kind: 'index', index: axisIndex(random.pick(scope.axes)), dtype }
  return constantScalar(randomValue(random, dtype), dtype)
}

function randomNode(scope: Scope, dtype: DType, depth: number): Scalar {
  const { random } = scope
  const operand = (of: DType = dtype): Scalar => randomScalar(scope, of, depth - 1)
  if (random.chance(0.1)) return applyScalar('select', [operand('bool'), operand(), operand()])
  if (random.chance(0.08)) {
    const from = random.pick(dtypes)
    return from === dtype ? operand() : applyScalar('cast', [operand(from)], dtype)
  }
  if (random.chance(0.06)) return randomGuard(scope, operand())
  if (isFloat(dtype)) return random.chance(0.6) ? floatArithmetic(scope, operand) : floatFunction(scope, dtype, operand)
  return dtype === 'bool' ? boolOperation(scope, operand) : integerOperation(scope, operand)
}

function randomGuard({ random, axes, extents }: Scope, value: Scalar): Scalar {
  const conditions = random
    .shuffled(axes)
    .slice(0, random.integer(1, 2))
    .map((axis) => {
      const low = random.integer(-1, 2)
      return { index: axisIndex(axis), low, high: low + random.integer(0, extents[axis]!) }
    })
  return { kind: 'guard', conditions, value, otherwise: random.integer(0, 1), dtype: value.dtype }
}

type Operand = (dtype?: DType) => Scalar

function floatArithmetic({ random }: Scope, operand: Operand): Scalar {
  const op = random.pick(['add', 'subtract', 'multiply', 'maximum', 'minimum', 'negate', 'absolute'] as const)
  return op === 'negate' || op === 'absolute' ? applyScalar(op, [operand()]) : applyScalar(op, [operand(), operand()])
}

function floatFunction({ random }: Scope, dtype: DType, operand: Operand): Scalar {
  const constant = (value: number): Scalar => constantScalar(value, dtype)
  /** |x| + 0.5 */
  const positive = (): Scalar => applyScalar('add', [applyScalar('absolute', [operand()]), constant(0.5)])
  const op = random.pick([
    'tanh',
    'sigmoid',
    'sin',
    'cos',
    'erf',
    'floor',
    'round',
    'exp',
    'log',
    'sqrt',
    'divide',
    'power',
    'remainder',
  ] as const)
  switch (op) {
    case 'exp':
      return applyScalar(op, [applyScalar('minimum', [operand(), constant(3)])])
    case 'log':
    case 'sqrt':
      return applyScalar(op, [positive()])
    case 'divide':
      return applyScalar(op, [operand(), positive()])
    case 'power':
      return applyScalar(op, [positive(), constant(random.pick([2, 3, -1, 0.5, 1.7]))])
    case 'remainder':
      return applyScalar(op, [operand(), constant(random.pick([1, 3, -2.5]))])
    default:
      return applyScalar(op, [operand()])
  }
}

function integerOperation({ random }: Scope, operand: Operand): Scalar {
  const op = random.pick([
    'add',
    'subtract',
    'multiply',
    'divide',
    'remainder',
    'maximum',
    'minimum',
    'and',
    'or',
    'xor',
    'shiftLeft',
    'shiftRightLogical',
    'negate',
    'absolute',
  ] as const)
  return op === 'negate' || op === 'absolute' ? applyScalar(op, [operand()]) : applyScalar(op, [operand(), operand()])
}

function boolOperation({ random }: Scope, operand: Operand): Scalar {
  if (random.chance(0.4))
    return applyScalar(random.pick(['and', 'or', 'xor', 'maximum', 'minimum'] as const), [operand(), operand()])
  const dtype = random.pick(dtypes)
  return applyScalar(random.pick(['less', 'lessEqual', 'equal'] as const), [operand(dtype), operand(dtype)])
}
