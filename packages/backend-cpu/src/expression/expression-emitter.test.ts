import {
  addIndex,
  applyScalar,
  axisIndex,
  type DType,
  dtypeOfReduce,
  dtypesOfCombine,
  dtypesOfScalarOp,
  type Index,
  type LoopStep,
  type Program,
  type Reduce,
  type Scalar,
  type ScalarOp,
  scalarOpArity,
  storeTo,
  writeProgram,
} from '@neurite/compiler/kernel'
import { describe, expect, test } from 'vitest'
import { differencesBetweenBackends, loopProgram, randomNumbers } from '../test/both-backends.ts'

const floats = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  2.5,
  -2.5,
  3,
  7.25,
  1e-3,
  -1e10,
  16777215,
  2 ** 31,
  -(2 ** 31),
  255.5,
  300,
  Infinity,
  -Infinity,
  Number.NaN,
]
const special: { readonly [D in DType]: readonly number[] } = {
  float32: floats,
  float64: floats,
  int32: [0, 1, -1, 2, -3, 7, 31, 32, 33, -33, 127, 255, 256, 65536, 2 ** 31 - 1, -(2 ** 31), 16777217],
  uint8: [0, 1, 2, 3, 7, 8, 31, 32, 100, 127, 128, 200, 254, 255],
  bool: [0, 1],
}
const dtypes = ['float32', 'float64', 'int32', 'uint8', 'bool'] as const

/** Every pair of special values, together or each alone: where one of them is the same in all lanes. */
function pairs(op: ScalarOp, dtype: DType, to?: DType): { program: Program; data: Record<number, number[]> } {
  const values = special[dtype]
  const count = values.length
  const write = writeProgram()
  const [x, y] = [write.input(dtype, count), write.input(dtype, count)]
  const operands = [write.load(x, axisIndex(0)), write.load(y, axisIndex(1))]
  const apply = (used: readonly Scalar[]): Scalar => {
    const chosen = op === 'select' ? [applyScalar('less', [...used]), ...used] : used.slice(0, scalarOpArity[op])
    return applyScalar(op, chosen, op === 'cast' ? to : undefined)
  }
  for (const value of [apply(operands), apply([...operands].reverse())]) {
    const out = write.output(value.dtype, count * count)
    const index = addIndex(axisIndex(0, count), axisIndex(1))
    write.kernel({ kind: 'loop', label: op, extents: [count, count], steps: [storeTo(out, index, value)] })
  }
  const alone = apply([operands[0]!, write.load(y, axisIndex(0))])
  const out = write.output(alone.dtype, count)
  write.kernel({ kind: 'loop', label: op, extents: [count], steps: [storeTo(out, axisIndex(0), alone)] })
  return { program: write.finish(), data: { [x]: [...values], [y]: [...values] } }
}

describe('every operation on special values', () => {
  for (const op of Object.keys(scalarOpArity) as ScalarOp[]) {
    if (op === 'cast') continue
    test.each(dtypesOfScalarOp[op])(`${op} of %s`, (dtype) => {
      const { program, data } = pairs(op, dtype)
      // 4 ulp of float32.
      expect(differencesBetweenBackends(program, { data, tolerance: dtype === 'float64' ? 1e-15 : 4.8e-7 })).toEqual([])
    })
  }

  test.each(dtypes)('cast from %s', (from) => {
    for (const to of dtypes) {
      const { program, data } = pairs('cast', from, to)
      expect(differencesBetweenBackends(program, { data, tolerance: 0 }), to).toEqual([])
    }
  })
})

/**
 * A random kernel of three axes, of which the last may be of its steps: shared nodes, guards with one condition or two, look-ups,
 * quotients, casts, of every dtype.
 */
function randomProgram(seed: number): Program {
  const random = randomNumbers(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1))
  const shape = [between(1, 4), between(1, 6), between(1, 21)] as const
  const rank = pick([0, 1, 2, 3, 3])
  const allowed = seed % 3 === 0 ? dtypes : dtypes.filter((dtype) => dtype !== 'float64')
  const affine = (strides: readonly number[], constant: number): Index =>
    strides.reduce((sum, stride, axis) => addIndex(sum, axisIndex(axis, stride)), { constant, terms: [] } as Index)
  const rowMajor = affine([shape[1] * shape[2], shape[2], 1], 0)

  return loopProgram((write) => {
    const inputs = new Map(allowed.map((dtype) => [dtype, write.input(dtype, 400)]))
    const fault = write.fault('{value}')
    const nodes: Scalar[] = []
    const ofDType = (dtype: DType): Scalar => {
      const candidates = nodes.filter((node) => node.dtype === dtype)
      return candidates.length > 0 && random() < 0.7 ? pick(candidates) : load(dtype)
    }
    const index = (): Index => {
      const base = affine([between(-9, 9), between(-7, 7), pick([0, 0, 1, 1, 1, -1, 2, 3])], 150)
      const kind = pick(['plain', 'plain', 'plain', 'quotient', 'remainder', 'value'] as const)
      if (kind === 'plain') return base
      if (kind === 'value') {
        const value = applyScalar('remainder', [ofDType('int32'), { kind: 'constant', value: 17, dtype: 'int32' }])
        return addIndex(base, { constant: 0, terms: [{ stride: 3, atom: { kind: 'value', value, size: 17, fault } }] })
      }
      const dividend = affine([between(-3, 3), between(-1, 1), between(1, 3)], -4)
      return addIndex(base, {
        constant: 0,
        terms: [{ stride: 2, atom: { kind, dividend, divisor: pick([2, 3, 4, 5]) } }],
      })
    }
    const load = (dtype: DType): Scalar => write.load(inputs.get(dtype)!, index())
    const ops = (Object.keys(scalarOpArity) as ScalarOp[]).filter(
      (op) => !['cast', 'power', 'exp', 'divide', 'log', 'remainder', 'sqrt', 'multiply'].includes(op),
    )
    for (let i = 0; i < 14; i++) {
      const dtype = pick(allowed)
      const what = random()
      if (what < 0.25) {
        const conditions = Array.from({ length: between(1, 2) }, () => ({
          index: affine([between(-2, 2), between(-1, 2), between(-2, 2)], between(-5, 5)),
          low: between(-6, 0),
          high: between(0, 9),
          ...(random() < 0.3 ? { divisor: pick([2, 3]) } : {}),
        }))
        nodes.push({ kind: 'guard', conditions, value: ofDType(dtype), otherwise: 1, dtype })
      } else if (what < 0.35) nodes.push(applyScalar('cast', [ofDType(pick(allowed))], dtype))
      else if (what < 0.45 && dtype !== 'bool') nodes.push({ kind: 'index', index: index(), dtype })
      else {
        const op = pick(ops.filter((each) => dtypesOfScalarOp[each].includes(dtype)))
        const operands = Array.from({ length: scalarOpArity[op] }, () => ofDType(dtype))
        nodes.push(applyScalar(op, op === 'select' ? [ofDType('bool'), ...operands.slice(1)] : operands))
      }
    }
    const own = shape.slice(rank)
    const steps: LoopStep[] = []
    if (rank < 3)
      for (const value of nodes.slice(-4)) {
        const combine = pick(
          (['add', 'maximum', 'minimum', 'argMax'] as const).filter((each) =>
            dtypesOfCombine[each].includes(value.dtype),
          ),
        )
        steps.push({ kind: 'reduce', extents: own, combine, value })
      }
    const results = steps.map(
      (step, number): Scalar => ({ kind: 'result', step: number, dtype: dtypeOfReduce(step as Reduce) }),
    )
    const points = affine([shape[1] * shape[2], shape[2], 1].slice(0, rank), 0)
    for (const result of results) steps.push(storeTo(write.state(result.dtype, 504), points, result))
    const value = nodes.at(-1)!
    const same = results.find(({ dtype }) => dtype === value.dtype) ?? value
    steps.push(
      storeTo(
        write.output(value.dtype, shape[0] * shape[1] * shape[2]),
        rowMajor,
        applyScalar('maximum', [value, same]),
        own,
      ),
    )
    return { extents: shape.slice(0, rank), steps }
  })
}

test('random kernels agree with the interpreter', () => {
  for (let seed = 1; seed <= 600; seed++) {
    const found = differencesBetweenBackends(randomProgram(seed), { seed, tolerance: 1e-3 })
    if (found.length > 0) expect(found, `seed ${seed}`).toEqual([])
  }
})
