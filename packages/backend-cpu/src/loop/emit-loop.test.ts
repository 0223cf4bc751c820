import {
  applyScalar,
  axisIndex,
  constantScalar,
  type DType,
  type Index,
  type Scalar,
  storeTo,
} from '@neurite/compiler/kernel'
import { describe, expect, test } from 'vitest'
import { affine, differencesBetweenBackends, elementsOf, loopProgram, rowMajor } from '../test/both-backends.ts'

const dtypes = ['float32', 'float64', 'int32', 'uint8', 'bool'] as const

describe('points', () => {
  test.each([[[]], [[1]], [[3]], [[4]], [[7]], [[64]], [[2, 3]], [[3, 17]], [[5, 4, 3]], [[2, 0, 3]]])(
    'contiguous copies of %j in every dtype',
    (shape) => {
      for (const dtype of dtypes) {
        const program = loopProgram((write) => {
          const [x, out] = [write.input(dtype, elementsOf(shape)), write.output(dtype, elementsOf(shape))]
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
        const [x, y, out] = [write.input(dtype, 256), write.input(dtype, 256), write.output(dtype, elementsOf(shape))]
        const both = applyScalar('maximum', [write.load(x, affine(strides, constant)), write.load(y, rowMajor(shape))])
        return { extents: shape, steps: [storeTo(out, rowMajor(shape), both)] }
      })
      expect(differencesBetweenBackends(program), dtype).toEqual([])
      const scattered = loopProgram((write) => {
        // A state, since not every element is written.
        const [x, out] = [write.input(dtype, elementsOf(shape)), write.state(dtype, 256)]
        return { extents: shape, steps: [storeTo(out, affine(strides, constant), write.load(x, rowMajor(shape)))] }
      })
      if (!strides.includes(0)) expect(differencesBetweenBackends(scattered), dtype).toEqual([])
    }
  })

  test('every short step, forwards and backwards, of every dtype, with what is left over', () => {
    for (const dtype of dtypes)
      for (const step of [2, 3, 4, 5])
        for (const count of [2, 3, 4, 6, 9]) {
          const last = (count - 1) * step
          const program = loopProgram((write) => {
            const [x, out] = [write.input(dtype, last + 1), write.output(dtype, count)]
            const both = [affine([step], 0), affine([-step], last)].map((index) => write.load(x, index))
            const value = applyScalar('maximum', both)
            return { extents: [count], steps: [storeTo(out, axisIndex(0), value)] }
          })
          expect(differencesBetweenBackends(program), `${count} of ${dtype}, ${step} apart`).toEqual([])
        }
  })

  test('large transposes, in strips, with look-ups along either axis', () => {
    for (const [rows, columns] of [
      [70, 90],
      [64, 128],
      [19, 301],
    ] as const) {
      const program = loopProgram((write) => {
        const [x, at, table] = [
          write.input('float32', rows * columns),
          write.input('int32', 301),
          write.input('float32', 7),
        ]
        const [out, back] = [write.output('float32', rows * columns), write.output('float32', rows * columns)]
        const fault = write.fault('{value}')
        const lookUp = (axis: number): Scalar => {
          const value = applyScalar('remainder', [write.load(at, axisIndex(axis)), constantScalar(7, 'int32')])
          return write.load(table, {
            constant: 0,
            terms: [{ stride: 1, atom: { kind: 'value', value, size: 7, fault } }],
          })
        }
        const value = applyScalar('add', [
          write.load(x, affine([1, rows])),
          applyScalar('multiply', [lookUp(0), lookUp(1)]),
        ])
        return {
          extents: [rows, columns],
          steps: [
            storeTo(out, affine([columns, 1]), value),
            storeTo(back, affine([1, rows]), applyScalar('negate', [value])),
          ],
        }
      })
      expect(differencesBetweenBackends(program)).toEqual([])
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
