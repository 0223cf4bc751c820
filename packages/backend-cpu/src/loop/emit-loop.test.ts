import {
  addIndex,
  applyScalar,
  axisIndex,
  type Combine,
  constantScalar,
  type DType,
  dtypeOfReduce,
  dtypesOfCombine,
  type Index,
  type Scalar,
  storeTo,
  zeroIndex,
} from '@neurite/compiler/kernel'
import { describe, expect, test } from 'vitest'
import { differencesBetweenBackends, loopProgram } from '../test/both-backends.ts'

function affine(strides: readonly number[], constant = 0): Index {
  return strides.reduce((sum, stride, axis) => addIndex(sum, axisIndex(axis, stride)), { constant, terms: [] } as Index)
}

function rowMajor(shape: readonly number[]): Index {
  return affine(shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1)))
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)
const dtypes = ['float32', 'float64', 'int32', 'uint8', 'bool'] as const

describe('points', () => {
  test.each([[[]], [[1]], [[3]], [[4]], [[7]], [[64]], [[2, 3]], [[3, 17]], [[5, 4, 3]], [[2, 0, 3]]])(
    'contiguous copies of %j in every dtype',
    (shape) => {
      for (const dtype of dtypes) {
        const program = loopProgram((write) => {
          const [x, out] = [write.input(dtype, size(shape)), write.output(dtype, size(shape))]
          return { extents: shape, steps: [storeTo(out, rowMajor(shape), write.load(x, rowMajor(shape)))] }
        })
        expect(differencesBetweenBackends(program), dtype).toEqual([])
      }
    },
  )

  test.each([
    ['transposed', [5, 7], [1, 5], 0],
    ['reversed', [3, 9], [9, -1], 8],
    ['every other', [4, 6], [12, 2], 1],
    ['broadcast along rows', [6, 5], [0, 1], 0],
    ['broadcast along columns', [6, 9], [1, 0], 0],
    ['backwards by three', [11], [-3], 30],
    ['three axes permuted', [4, 5, 6], [6, 24, 1], 0],
  ])('views: %s', (_, shape, strides, constant) => {
    for (const dtype of dtypes) {
      const program = loopProgram((write) => {
        const [x, y, out] = [write.input(dtype, 256), write.input(dtype, 256), write.output(dtype, size(shape))]
        const both = applyScalar('maximum', [write.load(x, affine(strides, constant)), write.load(y, rowMajor(shape))])
        return { extents: shape, steps: [storeTo(out, rowMajor(shape), both)] }
      })
      expect(differencesBetweenBackends(program), dtype).toEqual([])
      const scattered = loopProgram((write) => {
        // A state, since not every element is written.
        const [x, out] = [write.input(dtype, size(shape)), write.state(dtype, 256)]
        return { extents: shape, steps: [storeTo(out, affine(strides, constant), write.load(x, rowMajor(shape)))] }
      })
      if (!strides.includes(0)) expect(differencesBetweenBackends(scattered), dtype).toEqual([])
    }
  })

  test('the counters of axes, of affine and of divided indices', () => {
    for (const dtype of dtypes) {
      if (dtype === 'bool') continue
      const program = loopProgram((write) => {
        const out = write.output(dtype, 105)
        const divided: Index = {
          constant: 2,
          terms: [
            { stride: 3, atom: { kind: 'quotient', dividend: affine([3, -2], 1), divisor: 5 } },
            { stride: 1, atom: { kind: 'remainder', dividend: affine([1, -4], 3), divisor: 7 } },
            { stride: 2, atom: { kind: 'axis', axis: 1 } },
          ],
        }
        const value: Scalar = applyScalar('add', [
          { kind: 'index', index: affine([1, 2], 3), dtype },
          { kind: 'index', index: divided, dtype },
        ])
        return { extents: [7, 15], steps: [storeTo(out, rowMajor([7, 15]), value)] }
      })
      expect(differencesBetweenBackends(program), dtype).toEqual([])
    }
  })

  test('several stores see the values from before any of them; states are updated in place', () => {
    const program = loopProgram((write) => {
      const [a, b] = [write.state('float32', 11), write.state('float32', 11)]
      const [x, y] = [write.load(a, axisIndex(0)), write.load(b, axisIndex(0))]
      const sum = applyScalar('add', [x, y])
      return {
        extents: [11],
        steps: [
          storeTo(a, axisIndex(0), applyScalar('multiply', [sum, y])),
          storeTo(b, axisIndex(0), applyScalar('subtract', [sum, x])),
        ],
      }
    })
    expect(differencesBetweenBackends(program)).toEqual([])
  })
})

describe('guards', () => {
  const padded = (dtype: DType, divisor?: number) =>
    loopProgram((write) => {
      const [x, out] = [write.input(dtype, 4 * 9), write.output(dtype, 7 * 14)]
      const index = affine([9, 1], -12)
      const conditions = [
        { index: affine([1, 0], -1), low: 0, high: 4 },
        { index: affine([0, 1], -3), low: 0, high: 9, ...(divisor === undefined ? {} : { divisor }) },
      ]
      const value: Scalar = { kind: 'guard', conditions, value: write.load(x, index), otherwise: 1, dtype }
      const again = applyScalar('maximum', [value, value])
      return { extents: [7, 14], steps: [storeTo(out, rowMajor([7, 14]), again)] }
    })

  test.each(dtypes)('padding of %s', (dtype) => {
    expect(differencesBetweenBackends(padded(dtype))).toEqual([])
    expect(differencesBetweenBackends(padded(dtype, 2))).toEqual([])
    expect(differencesBetweenBackends(padded(dtype, 3))).toEqual([])
  })

  test('nested, with arithmetic in which a lane is out of bounds', () => {
    const program = loopProgram((write) => {
      const [x, y, out] = [write.input('float32', 10), write.input('float32', 3), write.output('float32', 13)]
      const inner: Scalar = {
        kind: 'guard',
        conditions: [{ index: axisIndex(0), low: 6, high: 9 }],
        value: write.load(y, affine([1], -6)),
        otherwise: 0.5,
        dtype: 'float32',
      }
      const value: Scalar = {
        kind: 'guard',
        conditions: [{ index: axisIndex(0), low: 2, high: 12 }],
        value: applyScalar('exp', [applyScalar('add', [inner, write.load(x, affine([1], -2))])]),
        otherwise: -1,
        dtype: 'float32',
      }
      return { extents: [13], steps: [storeTo(out, axisIndex(0), value)] }
    })
    expect(differencesBetweenBackends(program)).toEqual([])
  })

  test('a triangular mask of two axes', () => {
    const program = loopProgram((write) => {
      const [x, out] = [write.input('float32', 81), write.output('float32', 81)]
      const conditions = [{ index: affine([1, -1]), low: 0, high: 9 }]
      const value: Scalar = {
        kind: 'guard',
        conditions,
        value: write.load(x, rowMajor([9, 9])),
        otherwise: -Infinity,
        dtype: 'float32',
      }
      return { extents: [9, 9], steps: [storeTo(out, rowMajor([9, 9]), value)] }
    })
    expect(differencesBetweenBackends(program)).toEqual([])
  })
})

describe('look-ups', () => {
  const rows = (
    fault: number,
    table: number,
    value: Scalar,
    write: { load: (buffer: number, index: Index) => Scalar },
  ): Scalar => {
    const index: Index = {
      constant: 0,
      terms: [
        { stride: 6, atom: { kind: 'value', value, size: 4, fault } },
        { stride: 1, atom: { kind: 'axis', axis: 1 } },
      ],
    }
    return write.load(table, index)
  }

  test('rows of a table', () => {
    const program = loopProgram((write) => {
      const [at, table, out] = [write.input('int32', 5), write.input('float32', 24), write.output('float32', 30)]
      const value = rows(write.fault('{value}'), table, write.load(at, axisIndex(0)), write)
      return { extents: [5, 6], steps: [storeTo(out, rowMajor([5, 6]), value)] }
    })
    expect(differencesBetweenBackends(program, { data: { 0: [3, 0, 1, 1, 2] } })).toEqual([])
  })

  test('elements, each from its own place, also under a guard', () => {
    const program = loopProgram((write) => {
      const [at, table, out] = [write.input('int32', 7), write.input('uint8', 4), write.output('uint8', 9)]
      const fault = write.fault('{value}')
      const atom = { kind: 'value', value: write.load(at, affine([1], -1)), size: 4, fault } as const
      const value = write.load(table, { constant: 0, terms: [{ stride: 1, atom }] })
      const conditions = [{ index: axisIndex(0), low: 1, high: 8 }]
      const guarded: Scalar = { kind: 'guard', conditions, value, otherwise: 9, dtype: 'uint8' }
      return { extents: [9], steps: [storeTo(out, axisIndex(0), guarded)] }
    })
    expect(differencesBetweenBackends(program, { data: { 0: [3, 0, 1, 1, 2, 3, 0] } })).toEqual([])
  })
})

describe('reductions', () => {
  const combines: Combine[] = ['add', 'multiply', 'maximum', 'minimum', 'argMax']
  const cases = combines.flatMap((combine) => dtypesOfCombine[combine].map((dtype) => [combine, dtype] as const))
  const reduce = (
    combine: Combine,
    dtype: DType,
    outer: readonly number[],
    inner: readonly number[],
    strides: readonly number[],
  ) =>
    loopProgram((write) => {
      const x = write.input(dtype, size(outer) * size(inner))
      const step = { kind: 'reduce', extents: inner, combine, value: write.load(x, affine(strides)) } as const
      const type = dtypeOfReduce(step)
      const out = write.output(type, size(outer))
      return { extents: outer, steps: [step, storeTo(out, rowMajor(outer), { kind: 'result', step: 0, dtype: type })] }
    })

  test.each(cases)('%s of %s along rows, columns, everything and nothing', (combine, dtype) => {
    for (const [outer, inner, strides] of [
      [[], [37], [1]],
      [[], [3], [1]],
      [[3], [21], [21, 1]],
      [[21], [3], [1, 21]],
      [[18], [5], [1, 18]],
      [
        [2, 6],
        [3, 5],
        [90, 1, 30, 6],
      ],
      [[4], [2, 3, 5], [30, 15, 1, 3]],
      [[5], [0], [0, 0]],
    ] as const) {
      const program = reduce(combine, dtype, outer, inner, strides)
      expect(differencesBetweenBackends(program), JSON.stringify([outer, inner])).toEqual([])
    }
  })

  test('sums of many are accurate', () => {
    expect(differencesBetweenBackends(reduce('add', 'float32', [], [300_001], [1]), { tolerance: 1e-6 })).toEqual([])
    expect(differencesBetweenBackends(reduce('add', 'float32', [5], [30_001], [1, 5]), { tolerance: 1e-5 })).toEqual([])
  })

  test('argMax finds the first NaN, else the first of the largest', () => {
    for (const data of [
      [1, 5, 2, 5, 5, 0, 1, 2, 3],
      [1, Number.NaN, 2, Infinity, 3, Number.NaN, 1, 1, 1],
      Array(9).fill(-Infinity),
      [-Infinity, -Infinity, -Infinity, -Infinity, -Infinity, -3, -4, -Infinity, -3],
      [0, 0, 0, 0, 0, 0, 0, 0, Number.NaN],
    ])
      for (const outer of [[], [4]])
        expect(
          differencesBetweenBackends(reduce('argMax', 'float32', outer, [9], outer.length ? [1, 4] : [1]), {
            data: { 0: outer.length ? data.flatMap((x) => [x, -x, x, 0]) : data },
          }),
        ).toEqual([])
  })

  test('softmax over rows and over columns, in place and with two sums in one loop', () => {
    for (const [extents, own, strides] of [
      [5, 13, [13, 1]],
      [13, 5, [1, 13]],
      [6, 3, [3, 1]],
    ] as const) {
      const program = loopProgram((write) => {
        const state = write.state('float32', extents * own)
        const out = write.output('float32', extents)
        const element = write.load(state, affine(strides))
        const result = (step: number): Scalar => ({ kind: 'result', step, dtype: 'float32' })
        const exponential = applyScalar('exp', [applyScalar('subtract', [element, result(0)])])
        return {
          extents: [extents],
          steps: [
            { kind: 'reduce', extents: [own], combine: 'maximum', value: element },
            { kind: 'reduce', extents: [own], combine: 'add', value: exponential },
            { kind: 'reduce', extents: [own], combine: 'add', value: applyScalar('multiply', [element, element]) },
            storeTo(state, affine(strides), applyScalar('divide', [exponential, result(1)]), [own]),
            storeTo(out, axisIndex(0), applyScalar('sqrt', [result(2)])),
          ],
        }
      })
      expect(differencesBetweenBackends(program), JSON.stringify(strides)).toEqual([])
    }
  })

  test('a step after a store reads what was stored', () => {
    const program = loopProgram((write) => {
      const [state, x, out] = [write.state('float32', 9), write.input('float32', 45), write.output('float32', 9)]
      const element = write.load(state, axisIndex(0))
      return {
        extents: [9],
        steps: [
          storeTo(state, axisIndex(0), applyScalar('add', [element, constantScalar(1, 'float32')])),
          { kind: 'reduce', extents: [5], combine: 'add', value: write.load(x, affine([5, 1])) },
          storeTo(out, axisIndex(0), applyScalar('multiply', [element, { kind: 'result', step: 1, dtype: 'float32' }])),
        ],
      }
    })
    expect(differencesBetweenBackends(program)).toEqual([])
  })

  test('a single point', () => {
    const program = loopProgram((write) => {
      const [x, out] = [write.input('float32', 1), write.output('float32', 1)]
      return { extents: [], steps: [storeTo(out, zeroIndex, applyScalar('tanh', [write.load(x, zeroIndex)]))] }
    })
    expect(differencesBetweenBackends(program)).toEqual([])
  })
})
