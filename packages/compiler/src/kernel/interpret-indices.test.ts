import { describe, expect, test } from 'vitest'
import { runProgram } from '../test/run-program.ts'
import { affine, programOf } from '../test/written-programs.ts'
import { addIndex, axisIndex, constantIndex, type Index } from './indexing.ts'
import { interpreterOf } from './interpret.ts'
import { storeTo, writeProgram } from './program-writer.ts'
import { applyScalar, type Scalar } from './scalar.ts'

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
    const [quotient, remainder] = runProgram(program, {})
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
      expect([...runProgram(program, {})[0]!]).toEqual(expected)
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
    expect([...runProgram(program, { 0: [1, 2, 3] })[1]!]).toEqual([-1, -1, 1, -1, 2, -1, 3, -1, -1])
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
    expect([...runProgram(write.finish(), { 0: [2, 99] })[1]!]).toEqual([2, 8])
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
  expect([...runProgram(write.finish(), { 0: [1, 4, 9] })[1]!]).toEqual([2 ** 40, 2 ** 41, 3 * 2 ** 40])
})
