import { expect, test } from 'vitest'
import { affine, programOf } from '../test/written-programs.ts'
import { costOf, costOfProgram } from './cost.ts'
import { axisIndex, divideIndex, type Index, zeroIndex } from './indexing.ts'
import { type ProgramWriter, storeTo } from './program-writer.ts'
import { applyScalar, type Scalar } from './scalar.ts'

const sum: Scalar = { kind: 'result', step: 0, dtype: 'float32' }

test('a contraction costs 2·b·m·n·k and its epilogue, and reads each operand once', () => {
  const program = programOf((write) => {
    const [a, b, c] = [write.input('float32', 2 * 3 * 5), write.input('float32', 4 * 5), write.input('float32', 4)]
    const out = write.output('float32', 2 * 3 * 4)
    const value = applyScalar('tanh', [applyScalar('add', [sum, write.load(c, affine(0, 0, 1))])])
    return {
      kind: 'contraction',
      label: '',
      batch: [2],
      rows: [3],
      columns: [4],
      depth: [5],
      left: write.load(a, affine(15, 5, 0, 1)),
      right: write.load(b, affine(0, 0, 5, 1)),
      stores: [storeTo(out, affine(12, 4, 1), value)],
    }
  })
  expect(costOf(program.kernels[0]!, program.buffers)).toEqual({
    operations: 2 * 2 * 3 * 4 * 5 + 2 * (2 * 3 * 4),
    bytesRead: 4 * (30 + 20 + 4),
    bytesWritten: 4 * 24,
  })
})

test('a row program counts shared operations once per point and elements once, however often they are read', () => {
  const program = programOf((write) => {
    const [x, out] = [write.input('float32', 30), write.output('uint8', 30)]
    const element = write.load(x, affine(10, 1))
    const shifted = applyScalar('subtract', [element, sum])
    const square = applyScalar('multiply', [shifted, shifted])
    return {
      kind: 'loop',
      label: '',
      extents: [3],
      steps: [
        { kind: 'reduce', extents: [10], combine: 'maximum', value: element },
        storeTo(out, affine(10, 1), applyScalar('cast', [square], 'uint8'), [10]),
      ],
    }
  })
  expect(costOf(program.kernels[0]!, program.buffers)).toEqual({
    operations: 30 + 3 * 30,
    bytesRead: 4 * 30,
    bytesWritten: 30,
  })
})

test('a load reads as many elements as its index has values, and at most the buffer', () => {
  const reading = (index: (write: ProgramWriter) => Index): number => {
    const program = programOf((write) => {
      const [x, out] = [write.input('float64', 20), write.output('float64', 12)]
      const steps = [storeTo(out, affine(4, 1), write.load(x, index(write)))]
      return { kind: 'loop', label: '', extents: [3, 4], steps }
    })
    return costOfProgram(program).bytesRead
  }
  expect(reading(() => affine(4, 1))).toBe(8 * 12)
  expect(reading(() => axisIndex(1))).toBe(8 * 4)
  expect(reading(() => zeroIndex)).toBe(8)
  expect(reading(() => divideIndex(affine(4, 1), 5, [3, 4]).remainder)).toBe(8 * 12)
  expect(
    reading((write) => {
      const value = write.load(write.constant('int32', [1, 2, 3]), axisIndex(0))
      return { constant: 0, terms: [{ stride: 1, atom: { kind: 'value', value, size: 20, fault: 0 } }] }
    }),
  ).toBe(8 * 20 + 4 * 3)
})

test('a scatter writes its whole buffer and adds once per point', () => {
  const program = programOf((write) => {
    const [x, out] = [write.input('int32', 6), write.output('int32', 100)]
    return {
      kind: 'scatter',
      label: '',
      extents: [6],
      buffer: out,
      index: axisIndex(0, 2),
      value: write.load(x, affine(1)),
    }
  })
  expect(costOfProgram(program)).toEqual({ operations: 6, bytesRead: 24, bytesWritten: 400 })
})

test('a kernel without points costs nothing', () => {
  const program = programOf((write) => {
    const [x, out] = [write.input('int32', 6), write.output('int32', 6)]
    return {
      kind: 'loop',
      label: '',
      extents: [6, 0],
      steps: [storeTo(out, axisIndex(0), write.load(x, axisIndex(0)))],
    }
  })
  expect(costOfProgram(program)).toEqual({ operations: 0, bytesRead: 0, bytesWritten: 0 })
})
