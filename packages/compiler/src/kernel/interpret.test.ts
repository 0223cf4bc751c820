import { describe, expect, test } from 'vitest'
import { runProgram } from '../test/run-program.ts'
import { affine, programOf } from '../test/written-programs.ts'
import type { DType } from './dtype.ts'
import { zeroIndex } from './indexing.ts'
import type { Combine } from './kernel.ts'
import { storeTo, writeProgram } from './program-writer.ts'
import { applyScalar, constantScalar, type Scalar } from './scalar.ts'
import { dtypeOfReduce } from './scalar-dtypes.ts'

function result(step: number, dtype: DType): Scalar {
  return { kind: 'result', step, dtype }
}

const matrix = [1, 2, 3, 4, 5, 6]

describe('a loop kernel', () => {
  test('stores an expression at every point, here a transposed sum with a broadcast row', () => {
    const program = programOf((write) => {
      const [a, row, out] = [write.input('float32', 6), write.input('float32', 2), write.output('float32', 6)]
      const value = applyScalar('add', [write.load(a, affine(1, 3)), write.load(row, affine(0, 1))])
      return { kind: 'loop', label: '', extents: [3, 2], steps: [storeTo(out, affine(2, 1), value)] }
    })
    expect([...runProgram(program, { 0: matrix, 1: [10, 20] })[2]!]).toEqual([11, 24, 12, 25, 13, 26])
  })

  test('normalises rows by the softmax: two reductions over the row, then a store over it', () => {
    const program = programOf((write) => {
      const [x, out] = [write.input('float64', 6), write.output('float64', 6)]
      const element = write.load(x, affine(3, 1))
      const shifted = applyScalar('exp', [applyScalar('subtract', [element, result(0, 'float64')])])
      return {
        kind: 'loop',
        label: 'softmax',
        extents: [2],
        steps: [
          { kind: 'reduce', extents: [3], combine: 'maximum', value: element },
          { kind: 'reduce', extents: [3], combine: 'add', value: shifted },
          storeTo(out, affine(3, 1), applyScalar('divide', [shifted, result(1, 'float64')]), [3]),
        ],
      }
    })
    const found = runProgram(program, { 0: matrix })[1]!
    for (const row of [0, 1]) {
      const powers = [0, 1, 2].map((column) => Math.exp(matrix[3 * row + column]!))
      const total = powers.reduce((sum, power) => sum + power, 0)
      powers.forEach((power, column) => {
        expect(found[3 * row + column]).toBeCloseTo(power / total, 14)
      })
    }
  })

  test('finds all values of consecutive stores before it writes one, so that two states can be swapped in place', () => {
    const program = programOf((write) => {
      const [a, b] = [write.state('int32', 3), write.state('int32', 3)]
      const [at, ofA, ofB] = [affine(1), write.load(a, affine(1)), write.load(b, affine(1))]
      return { kind: 'loop', label: 'swap', extents: [3], steps: [storeTo(a, at, ofB), storeTo(b, at, ofA)] }
    })
    const [a, b] = runProgram(program, { 0: [1, 2, 3], 1: [4, 5, 6] })
    expect([...a!]).toEqual([4, 5, 6])
    expect([...b!]).toEqual([1, 2, 3])
  })

  test('reads what a store before a reduction wrote', () => {
    const program = programOf((write) => {
      const [x, square, sum] = [write.input('int32', 4), write.output('int32', 4), write.output('int32', 1)]
      const element = write.load(x, affine(1))
      return {
        kind: 'loop',
        label: '',
        extents: [],
        steps: [
          storeTo(square, affine(1), applyScalar('multiply', [element, element]), [4]),
          { kind: 'reduce', extents: [4], combine: 'add', value: write.load(square, affine(1)) },
          storeTo(sum, zeroIndex, result(1, 'int32')),
        ],
      }
    })
    expect([...runProgram(program, { 0: [1, -2, 3, 4] })[2]!]).toEqual([30])
  })

  test('does nothing where an extent is 0', () => {
    const program = programOf((write) => {
      const out = write.output('float32', 4)
      const steps = [storeTo(out, affine(1), constantScalar(7, 'float32'))]
      return { kind: 'loop', label: '', extents: [4, 0], steps }
    })
    expect([...runProgram(program, {})[0]!]).toEqual([0, 0, 0, 0])
  })
})

describe('a reduction', () => {
  /** Reduces `values` to the one element of the result. */
  function reduced(combine: Combine, dtype: DType, values: readonly number[], extents = [values.length]): number {
    const program = programOf((write) => {
      const x = write.input(dtype, values.length)
      const strides = extents.map((_, axis) => extents.slice(axis + 1).reduce((size, extent) => size * extent, 1))
      const step = { kind: 'reduce', extents, combine, value: write.load(x, affine(...strides)) } as const
      const found = dtypeOfReduce(step)
      const out = write.output(found, 1)
      return { kind: 'loop', label: '', extents: [], steps: [step, storeTo(out, zeroIndex, result(0, found))] }
    })
    return runProgram(program, { 0: values })[1]![0]!
  }

  test.each([
    ['add', 'float32', [1.5, 2, -4], -0.5],
    ['add', 'int32', [2 ** 31 - 1, 2], -(2 ** 31) + 1],
    ['add', 'uint8', [200, 100], 44],
    ['multiply', 'float64', [1.5, 2, -4], -12],
    ['multiply', 'int32', [65537, 65537], 131073],
    ['multiply', 'uint8', [20, 20], 144],
    ['maximum', 'float32', [1, 5, -2], 5],
    ['maximum', 'float32', [1, Number.NaN, 2], Number.NaN],
    ['maximum', 'bool', [0, 1, 0], 1],
    ['minimum', 'int32', [3, -5, 2], -5],
    ['minimum', 'float64', [Number.NaN, 1], Number.NaN],
    ['minimum', 'bool', [1, 0, 1], 0],
    ['argMax', 'float32', [1, 7, 7, 2], 1],
    ['argMax', 'float32', [1, Number.NaN, 9, Number.NaN], 1],
    ['argMax', 'float64', [-Infinity, -Infinity], 0],
    ['argMax', 'int32', [-4, -1, -3], 1],
    ['argMax', 'bool', [0, 0, 1], 2],
  ] as const)('%s over %s %j is %d', (combine, dtype, values, expected) => {
    expect(reduced(combine, dtype, values)).toBe(expected)
  })

  test.each([
    ['add', 'float32', 0],
    ['multiply', 'int32', 1],
    ['maximum', 'float64', -Infinity],
    ['maximum', 'int32', -(2 ** 31)],
    ['maximum', 'uint8', 0],
    ['minimum', 'float32', Infinity],
    ['minimum', 'uint8', 255],
    ['minimum', 'bool', 1],
    ['argMax', 'float32', 0],
  ] as const)('%s over no %s is %d', (combine, dtype, expected) => {
    expect(reduced(combine, dtype, [])).toBe(expected)
  })

  test('counts positions row-major through all its axes', () => {
    expect(reduced('argMax', 'int32', [0, 1, 2, 3, 9, 5], [2, 3])).toBe(4)
  })

  test('sums float32 without losing small values beside large ones', () => {
    const values = [2 ** 24, ...new Array<number>(64).fill(1)]
    expect(reduced('add', 'float32', values)).toBe(2 ** 24 + 64)
  })
})

describe('a contraction', () => {
  test('multiplies matrices for each batch and applies its epilogue', () => {
    const [batch, rows, columns, depth] = [2, 2, 3, 4] as const
    const left = Array.from({ length: batch * rows * depth }, (_, i) => (i % 7) - 3)
    const right = Array.from({ length: batch * depth * columns }, (_, i) => (i % 5) - 2)
    const bias = [10, 20, 30]
    const program = programOf((write) => {
      const [a, b] = [write.input('float32', left.length), write.input('float32', right.length)]
      const [c, out] = [write.constant('float32', bias), write.output('float32', batch * rows * columns)]
      const value = applyScalar('add', [result(0, 'float32'), write.load(c, affine(0, 0, 1))])
      return {
        kind: 'contraction',
        label: 'contract + add',
        batch: [batch],
        rows: [rows],
        columns: [columns],
        depth: [depth],
        left: write.load(a, affine(8, 4, 0, 1)),
        right: write.load(b, affine(12, 0, 1, 3)),
        stores: [storeTo(out, affine(6, 3, 1), value)],
      }
    })
    const found = runProgram(program, { 0: left, 1: right })[3]!
    for (let n = 0; n < batch; n++)
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          let sum = bias[j]!
          for (let k = 0; k < depth; k++) sum += left[8 * n + 4 * i + k]! * right[12 * n + 3 * k + j]!
          expect(found[6 * n + 3 * i + j]).toBe(sum)
        }
  })

  test.each([
    ['int32', [65537, 65537], [65537, 65537], 262146],
    ['uint8', [20, 3], [20, 100], 188],
  ] as const)('of %s wraps', (dtype, left, right, expected) => {
    const program = programOf((write) => {
      const [a, b, out] = [write.input(dtype, 2), write.input(dtype, 2), write.output(dtype, 1)]
      const groups = { batch: [], rows: [], columns: [], depth: [2] }
      const operands = { left: write.load(a, affine(1)), right: write.load(b, affine(1)) }
      const stores = [storeTo(out, zeroIndex, result(0, dtype))]
      return { kind: 'contraction', label: '', ...groups, ...operands, stores }
    })
    expect([...runProgram(program, { 0: left, 1: right })[2]!]).toEqual([expected])
  })
})

describe('a scatter', () => {
  test('starts from zeros and adds where points meet', () => {
    const write = writeProgram()
    const [at, values, out] = [write.input('int32', 4), write.input('float32', 4), write.output('float32', 3)]
    const atom = { kind: 'value', value: write.load(at, affine(1)), size: 3, fault: write.fault('') } as const
    const index = { constant: 0, terms: [{ stride: 1, atom }] }
    write.kernel({
      kind: 'scatter',
      label: '',
      extents: [4],
      buffer: out,
      index,
      value: write.load(values, affine(1)),
    })
    expect([...runProgram(write.finish(), { 0: [2, 0, 2, 2], 1: [1, 2, 3, 4], 2: [9, 9, 9] })[2]!]).toEqual([2, 0, 8])
  })
})
