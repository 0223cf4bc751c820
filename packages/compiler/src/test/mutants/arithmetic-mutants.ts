// Operations that are nearly right.

import { applyScalar, constantScalar, type DType, type Scalar, type ScalarOp } from '../../kernel/index.ts'
import { type Mutant, programMutant } from './mutant.ts'

type Application = Scalar & { readonly kind: 'apply' }

/** Computes an operation on some dtypes in another way. */
function wrong(
  mistake: string,
  op: ScalarOp,
  dtypes: readonly DType[],
  replace: (a: Scalar, b: Scalar, node: Application) => Scalar,
  caughtBy = op === 'cast' ? 'casts' : 'scalar operations',
): Mutant {
  return programMutant(mistake, caughtBy, {
    scalar: (node) => {
      if (node.kind !== 'apply' || node.op !== op || !dtypes.includes(node.operands[0]!.dtype)) return node
      return replace(node.operands[0]!, node.operands[1]!, node)
    },
  })
}

const floats = ['float32', 'float64'] as const
const apply = applyScalar
const like = (value: number, { dtype }: Scalar): Scalar => constantScalar(value, dtype)
const cast = (a: Scalar, dtype: DType): Scalar => apply('cast', [a], dtype)
const choose = (condition: Scalar, a: Scalar, b: Scalar): Scalar => apply('select', [condition, a, b])
const isNotANumber = (a: Scalar): Scalar => apply('xor', [apply('equal', [a, a]), constantScalar(1, 'bool')])

export const arithmeticMutants: readonly Mutant[] = [
  wrong('negate is 0 − x, which loses the sign of zero', 'negate', floats, (a) => apply('subtract', [like(0, a), a])),
  wrong('absolute is max(x, −x), which keeps −0', 'absolute', ['float32'], (a) =>
    choose(apply('less', [a, like(0, a)]), apply('negate', [a]), a),
  ),
  wrong('maximum ignores NaN', 'maximum', floats, (a, b) => choose(apply('less', [a, b]), b, a)),
  wrong('minimum gives the second operand beside NaN', 'minimum', ['float32'], (a, b) =>
    choose(apply('less', [a, b]), a, b),
  ),
  wrong('lessEqual is less', 'lessEqual', ['uint8'], (a, b) => apply('less', [a, b])),
  wrong('lessEqual is not greater, so true for NaN', 'lessEqual', ['float64'], (a, b) =>
    apply('xor', [apply('less', [b, a]), constantScalar(1, 'bool')]),
  ),
  wrong('bytes are compared as signed', 'less', ['uint8'], (a, b) =>
    apply('less', [apply('xor', [a, like(128, a)]), apply('xor', [b, like(128, b)])]),
  ),
  wrong('int32 is compared after it is rounded to float32', 'equal', ['int32'], (a, b) =>
    apply('equal', [cast(a, 'float32'), cast(b, 'float32')]),
  ),
  wrong('round takes ties up', 'round', ['float32'], (a) => apply('floor', [apply('add', [a, like(0.5, a)])])),
  wrong('floor truncates through int32', 'floor', ['float32'], (a) => cast(cast(a, 'int32'), 'float32')),
  wrong('float remainder has the sign of the dividend', 'remainder', ['float32'], (a, b, node) =>
    choose(apply('less', [apply('multiply', [node, a]), like(0, a)]), apply('subtract', [node, b]), node),
  ),
  wrong('integer remainder has the sign of the dividend', 'remainder', ['int32'], (a, b) =>
    apply('subtract', [a, apply('multiply', [apply('divide', [a, b]), b])]),
  ),
  wrong('integers divided by zero give themselves', 'divide', ['int32', 'uint8'], (a, b, node) =>
    choose(apply('equal', [b, like(0, b)]), a, node),
  ),
  wrong('division multiplies by the reciprocal', 'divide', ['float32'], (a, b) =>
    apply('multiply', [a, apply('divide', [like(1, b), b])]),
  ),
  wrong('int32 products saturate', 'multiply', ['int32'], (a, b) =>
    cast(apply('multiply', [cast(a, 'float64'), cast(b, 'float64')]), 'int32'),
  ),
  wrong('byte sums saturate', 'add', ['uint8'], (a, b) =>
    cast(cast(apply('add', [cast(a, 'int32'), cast(b, 'int32')]), 'float32'), 'uint8'),
  ),
  wrong('the logical shift is arithmetic', 'shiftRightLogical', ['int32'], (a, _b, node) =>
    choose(apply('less', [a, like(0, a)]), apply('negate', [node]), node),
  ),
  wrong('bytes shift by the count modulo 8', 'shiftLeft', ['uint8'], (a, b) =>
    apply('shiftLeft', [a, apply('and', [b, like(7, b)])]),
  ),
  wrong('float64 sums are rounded to float32', 'add', ['float64'], (_a, _b, node) =>
    cast(cast(node, 'float32'), 'float64'),
  ),
  wrong('exp is off by 1e-6', 'exp', ['float32'], (_a, _b, node) => apply('multiply', [node, like(1.000001, node)])),
  wrong('exp gives infinity too early', 'exp', ['float32'], (a, _b, node) =>
    choose(apply('less', [like(88, a), a]), like(Infinity, a), node),
  ),
  wrong('log of denormals is −∞', 'log', ['float32'], (a, _b, node) =>
    choose(apply('less', [apply('absolute', [a]), like(2 ** -126, a)]), like(-Infinity, a), node),
  ),
  wrong('tanh is the Padé approximant x(27 + x²) / (27 + 9x²)', 'tanh', ['float32'], (a) => {
    const square = apply('multiply', [a, a])
    const above = apply('multiply', [a, apply('add', [like(27, a), square])])
    return apply('divide', [above, apply('add', [like(27, a), apply('multiply', [like(9, a), square])])])
  }),
  wrong('tanh near 0 comes from exp, so is absolutely right but not relatively', 'tanh', ['float32'], (a) => {
    const power = apply('exp', [apply('multiply', [like(2, a), a])])
    return apply('subtract', [like(1, a), apply('divide', [like(2, a), apply('add', [power, like(1, a)])])])
  }),
  wrong('sigmoid overflows', 'sigmoid', ['float32'], (a) => {
    const power = apply('exp', [a])
    return apply('divide', [power, apply('add', [like(1, a), power])])
  }),
  wrong('sin reduces its argument with π in float32', 'sin', ['float32'], (a) =>
    apply('sin', [apply('remainder', [a, like(2 * Math.PI, a)])]),
  ),
  wrong('power of a negative number is NaN', 'power', ['float32'], (a, b) =>
    apply('exp', [apply('multiply', [b, apply('log', [a])])]),
  ),
  wrong('NaN to the power of 0 is NaN', 'power', ['float64'], (a, _b, node) => choose(isNotANumber(a), a, node)),
  wrong('erf of NaN is 1', 'erf', ['float32'], (a, _b, node) => choose(isNotANumber(a), like(1, a), node)),
  wrong('select blends, so NaN spreads from what is not chosen', 'select', ['bool'], (condition, a, node) => {
    if (a.dtype !== 'float32') return node
    const share = cast(condition, 'float32')
    const rest = apply('subtract', [like(1, share), share])
    return apply('add', [apply('multiply', [share, a]), apply('multiply', [rest, node.operands[2]!])])
  }),
  wrong('NaN becomes −1 in int32', 'cast', ['float32'], (a, _b, node) =>
    node.dtype === 'int32' ? choose(isNotANumber(a), like(-1, node), node) : node,
  ),
  wrong('floats become bytes modulo 256', 'cast', floats, (a, _b, node) =>
    node.dtype === 'uint8' ? cast(cast(a, 'int32'), 'uint8') : node,
  ),
  wrong('integers become bytes by saturation', 'cast', ['int32'], (a, _b, node) =>
    node.dtype === 'uint8' ? cast(cast(a, 'float64'), 'uint8') : node,
  ),
  wrong('NaN is false', 'cast', floats, (a, _b, node) =>
    node.dtype === 'bool' ? apply('less', [like(0, a), apply('absolute', [a])]) : node,
  ),
  wrong('bytes widen with their sign', 'cast', ['uint8'], (a, _b, node) =>
    node.dtype === 'int32'
      ? choose(apply('less', [like(127, a), a]), apply('subtract', [node, like(256, node)]), node)
      : node,
  ),
  wrong(
    'a product and a sum are fused',
    'add',
    ['float32'],
    (a, b, node) => {
      if (a.kind !== 'apply' || a.op !== 'multiply') return node
      const wide = [...a.operands, b].map((operand) => cast(operand, 'float64')) as [Scalar, Scalar, Scalar]
      return cast(apply('add', [apply('multiply', [wide[0], wide[1]]), wide[2]]), 'float32')
    },
    'updates',
  ),
]
