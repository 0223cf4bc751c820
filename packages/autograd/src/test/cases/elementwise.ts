import type { ElementwiseName, Tensor } from '@neurite/tensor'
import { float64, integers, positive, scattered } from '../scattered.ts'
import { casesOf, type RuleCase, type RuleCases } from './case.ts'

type Plain = Exclude<ElementwiseName, 'cast'>

export const elementwiseCases: RuleCases<ElementwiseName> = {
  negate: unary('negate'),
  absolute: unary('absolute'),
  sqrt: unary('sqrt', positive),
  exp: unary('exp'),
  log: unary('log', positive),
  sin: unary('sin'),
  cos: unary('cos'),
  tanh: unary('tanh'),
  sigmoid: unary('sigmoid'),
  erf: unary('erf'),
  floor: unary('floor'),
  round: unary('round'),
  cast: casesOf('cast', [
    ['to float32', [scattered([2, 3])], { dtype: 'float32' }],
    ['from float32', [scattered([2, 3]).cast('float32')], { dtype: 'float64' }],
    ['to itself', [scattered([3])], { dtype: 'float64' }],
    ['to int32', [scattered([3])], { dtype: 'int32' }],
    ['to uint8', [positive([3])], { dtype: 'uint8' }],
    ['to bool', [scattered([3])], { dtype: 'bool' }],
    ['from int32', [integers([1, 2])], { dtype: 'float64' }],
  ]),

  add: binary('add'),
  subtract: binary('subtract'),
  multiply: [...binary('multiply'), ...square()],
  divide: [...binary('divide', scattered, positive), ...binary('divide', scattered, negative)],
  remainder: [
    ...casesOf('remainder', [
      ['of all signs', [float64([5.3, -5.3, 5.3, -5.3, 0.4]), float64([2, 2, -2, -2, 7])], {}],
      ['of a fraction', [float64([1.9, -0.3]), float64([0.35, 0.4])], {}],
    ]),
  ],
  power: [
    ...binary('power', positive, scattered),
    ...casesOf('power', [
      ['of negative bases', [float64([-2, -1.5, -0.5, -3]), float64([3, 2, -1, 0])], {}, { by: [0] }],
      ['of zero', [float64([0, 0, 0]), float64([3, 2, 1])], {}, { by: [0] }],
      ['of zero to zero', [float64([0]), float64([0])], {}, { by: [0], order: 1 }],
      ['of zero by the exponent', [float64([0, 0]), float64([3, 0.5])], {}, { by: [1] }],
    ]),
  ],
  maximum: [...binary('maximum'), ...tied('maximum')],
  minimum: [...binary('minimum'), ...tied('minimum')],

  less: binary('less'),
  lessEqual: binary('lessEqual'),
  equal: binary('equal'),
  and: onIntegers('and'),
  or: onIntegers('or'),
  xor: onIntegers('xor'),
  shiftLeft: onIntegers('shiftLeft'),
  shiftRightLogical: onIntegers('shiftRightLogical'),

  select: casesOf('select', [
    ['of two', [condition(), scattered([2, 3]), scattered([2, 3], { seed: 2 })], {}],
    ['of one twice', twice(condition(), scattered([2, 3])), {}],
  ]),
}

function unary(primitive: Plain, values: (shape: number[]) => Tensor = scattered): readonly RuleCase[] {
  return casesOf(primitive, [
    ['of a matrix', [values([2, 3])], {}],
    ['of a scalar', [values([])], {}],
    ['of nothing', [values([0, 2])], {}],
  ])
}

function binary(
  primitive: Plain,
  left: (shape: number[]) => Tensor = scattered,
  right: (shape: number[]) => Tensor = (shape) => scattered(shape, { seed: 2 }),
): readonly RuleCase[] {
  return casesOf(primitive, [
    ['of matrices', [left([2, 3]), right([2, 3])], {}],
    ['of scalars', [left([]), right([])], {}],
    ['of nothing', [left([0]), right([0])], {}],
  ])
}

function square(): readonly RuleCase[] {
  const x = scattered([3])
  return casesOf('multiply', [['of a tensor with itself', [x, x], {}, { by: [0] }]])
}

/** Half of the derivative, which is also what central differences see. */
function tied(primitive: 'maximum' | 'minimum'): readonly RuleCase[] {
  return casesOf(primitive, [['of equal ones', [float64([1, 2]), float64([1, 2])], {}, { order: 1 }]])
}

function onIntegers(primitive: Plain): readonly RuleCase[] {
  return casesOf(primitive, [['has no gradient', [integers([5, 6]), integers([3, 1])], {}]])
}

function negative(shape: number[]): Tensor {
  return positive(shape).negate()
}

function condition(): Tensor {
  return integers([1, 0, 0, 1, 1, 0], [2, 3]).cast('bool')
}

function twice(condition: Tensor, x: Tensor): Tensor[] {
  return [condition, x, x]
}
