import { describe, expect, test } from 'vitest'
import { allocateTypedArray, type DType, type TypedArray, typedArrayOf } from './dtype.ts'
import { addIndex, axisIndex, constantIndex, type Index, zeroIndex } from './indexing.ts'
import { interpreterOf } from './interpret.ts'
import type { Combine, Kernel, Program } from './kernel.ts'
import { type ProgramWriter, storeTo, writeProgram } from './program-writer.ts'
import { applyScalar, constantScalar, type Scalar } from './scalar.ts'
import { dtypeOfReduce } from './scalar-dtypes.ts'

/** Σ stride · axis */
function affine(...strides: readonly number[]): Index {
  return strides.reduce((index, stride, axis) => addIndex(index, axisIndex(axis, stride)), zeroIndex)
}

function result(step: number, dtype: DType): Scalar {
  return { kind: 'result', step, dtype }
}

/** Runs a program on its own memory; `given` fills buffers by number. */
function run(program: Program, given: { readonly [buffer: number]: readonly number[] }): readonly TypedArray[] {
  const memory = program.buffers.map(({ dtype, size, data }, buffer) => {
    const values = given[buffer] ?? data
    return values === undefined ? allocateTypedArray(dtype, size) : typedArrayOf[dtype].from(values)
  })
  const report = interpreterOf(program, memory)()
  if (report) throw new Error(`fault ${report.fault} at ${report.value}`)
  return memory
}

function programOf(kernel: (write: ProgramWriter) => Kernel): Program {
  const write = writeProgram()
  write.kernel(kernel(write))
  return write.finish()
}

const matrix = [1, 2, 3, 4, 5, 6]

describe('a loop kernel', () => {
  test('stores an expression at every point, here a transposed sum with a broadcast row', () => {
    const program = programOf((write) => {
      const [a, row, out] = [write.input('float32', 6), write.input('float32', 2), write.output('float32', 6)]
      const value = applyScalar('add', [write.load(a, affine(1, 3)), write.load(row, affine(0, 1))])
      return { kind: 'loop', label: '', extents: [3, 2], steps: [storeTo(out, affine(2, 1), value)] }
    })
    expect([...run(program, { 0: matrix, 1: [10, 20] })[2]!]).toEqual([11, 24, 12, 25, 13, 26])
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
    const found = run(program, { 0: matrix })[1]!
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
    const [a, b] = run(program, { 0: [1, 2, 3], 1: [4, 5, 6] })
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
    expect([...run(program, { 0: [1, -2, 3, 4] })[2]!]).toEqual([30])
  })

  test('does nothing where an extent is 0', () => {
    const program = programOf((write) => {
      const out = write.output('float32', 4)
      const steps = [storeTo(out, affine(1), constantScalar(7, 'float32'))]
      return { kind: 'loop', label: '', extents: [4, 0], steps }
    })
    expect([...run(program, {})[0]!]).toEqual([0, 0, 0, 0])
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
    return run(program, { 0: values })[1]![0]!
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
    const found = run(program, { 0: left, 1: right })[3]!
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
    expect([...run(program, { 0: left, 1: right })[2]!]).toEqual([expected])
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
    expect([...run(write.finish(), { 0: [2, 0, 2, 2], 1: [1, 2, 3, 4], 2: [9, 9, 9] })[2]!]).toEqual([2, 0, 8])
  })
})

describe('an index', () => {
  test('divides towards minus infinity and leaves a remainder that is never negative', () => {
    const program = programOf((write) => {
      const [quotient, remainder] = [write.output('int32', 8), write.output('int32', 8)]
      const dividend = addIndex(axisIndex(0), constantIndex(-4))
      const counter = (kind: 'quotient' | 'remainder'): Scalar => ({
        kind: 'index',
        index: { constant: 0, terms: [{ stride: 1, atom: { kind, dividend, divisor: 3 } }] },
        dtype: 'int32',
      })
      const steps = [
        storeTo(quotient, affine(1), counter('quotient')),
        storeTo(remainder, affine(1), counter('remainder')),
      ]
      return { kind: 'loop', label: '', extents: [8], steps }
    })
    const [quotient, remainder] = run(program, {})
    expect([...quotient!]).toEqual([-2, -1, -1, -1, 0, 0, 0, 1])
    expect([...remainder!]).toEqual([2, 0, 1, 2, 0, 1, 2, 0])
  })

  test('becomes a number of any dtype', () => {
    for (const [dtype, expected] of [
      ['float32', [-1, 299]],
      ['uint8', [255, 43]],
      ['bool', [1, 1]],
    ] as const) {
      const program = programOf((write) => {
        const out = write.output(dtype, 2)
        const index = addIndex(axisIndex(0, 300), constantIndex(-1))
        return {
          kind: 'loop',
          label: '',
          extents: [2],
          steps: [storeTo(out, affine(1), { kind: 'index', index, dtype })],
        }
      })
      expect([...run(program, {})[0]!]).toEqual(expected)
    }
  })

  test('looked up out of range is reported once, with the first such value, and read as 0', () => {
    const write = writeProgram()
    const [at, table, out] = [write.input('int32', 4), write.input('int32', 3), write.output('int32', 4)]
    const atom = { kind: 'value', value: write.load(at, affine(1)), size: 3, fault: write.fault('at {value}') } as const
    const value = write.load(table, { constant: 0, terms: [{ stride: 1, atom }] })
    write.kernel({ kind: 'loop', label: '', extents: [4], steps: [storeTo(out, affine(1), value)] })
    const memory = [Int32Array.of(2, 3, -1, 1), Int32Array.of(10, 20, 30), new Int32Array(4)]
    const interpret = interpreterOf(write.finish(), memory)
    expect(interpret()).toEqual({ fault: 0, value: 3 })
    expect([...memory[2]!]).toEqual([30, 10, 10, 20])
    memory[0]!.fill(1)
    expect(interpret()).toBeUndefined()
  })
})

describe('a guard', () => {
  test('reads only where all its conditions hold', () => {
    const program = programOf((write) => {
      const [x, out] = [write.input('float32', 3), write.output('float32', 9)]
      // Two apart with a gap of one, after two in front: . . a . b . c . .
      const shifted = addIndex(axisIndex(0), constantIndex(-2))
      const place = { constant: 0, terms: [{ stride: 1, atom: { kind: 'quotient', dividend: shifted, divisor: 2 } }] }
      const value: Scalar = {
        kind: 'guard',
        conditions: [{ index: shifted, low: 0, high: 5, divisor: 2 }],
        value: write.load(x, place as Index),
        otherwise: -1,
        dtype: 'float32',
      }
      return { kind: 'loop', label: 'pad', extents: [9], steps: [storeTo(out, affine(1), value)] }
    })
    expect([...run(program, { 0: [1, 2, 3] })[1]!]).toEqual([-1, -1, 1, -1, 2, -1, 3, -1, -1])
  })

  test('keeps the indices of what it does not read from being faults', () => {
    const write = writeProgram()
    const [at, out] = [write.input('int32', 2), write.output('int32', 2)]
    const atom = { kind: 'value', value: write.load(at, affine(1)), size: 3, fault: write.fault('') } as const
    const value: Scalar = {
      kind: 'guard',
      conditions: [{ index: axisIndex(0), low: 0, high: 1 }],
      value: { kind: 'index', index: { constant: 0, terms: [{ stride: 1, atom }] }, dtype: 'int32' },
      otherwise: 8,
      dtype: 'int32',
    }
    write.kernel({ kind: 'loop', label: '', extents: [2], steps: [storeTo(out, affine(1), value)] })
    expect([...run(write.finish(), { 0: [2, 99] })[1]!]).toEqual([2, 8])
  })
})

test('a value that several expressions share is evaluated once a point, and afresh at the next', () => {
  const write = writeProgram()
  const [x, out] = [write.input('float64', 3), write.output('float64', 3)]
  const root = applyScalar('sqrt', [write.load(x, affine(1))])
  let value = root
  // 2⁴⁰ evaluations if the operands were not shared.
  for (let doubling = 0; doubling < 40; doubling++) value = applyScalar('add', [value, value])
  write.kernel({ kind: 'loop', label: '', extents: [3], steps: [storeTo(out, affine(1), value)] })
  expect([...run(write.finish(), { 0: [1, 4, 9] })[1]!]).toEqual([2 ** 40, 2 ** 41, 3 * 2 ** 40])
})
