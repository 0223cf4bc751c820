import { addIndex, axisIndex, type DType, type Index, type Program, type Scalar } from '@neurite/compiler/kernel'
import { describe, expect, test } from 'vitest'
import { differencesBetweenBackends, oneKernel } from '../test/both-backends.ts'

/** out[at[row] · stride + column] += x[row, column] */
function addRows(dtype: DType, rows: number, columns: number, stride: number): Program {
  return oneKernel((write) => {
    const [at, x, out] = [write.input('int32', rows), write.input(dtype, rows * columns), write.state(dtype, 60)]
    const value: Scalar = write.load(at, axisIndex(0))
    const atom = { kind: 'value', value, size: 4, fault: write.fault('{value}') } as const
    const index: Index = addIndex({ constant: 1, terms: [{ stride, atom }] }, axisIndex(1))
    const element = write.load(x, addIndex(axisIndex(0, columns), axisIndex(1)))
    return { kind: 'scatter', label: 'add rows', extents: [rows, columns], buffer: out, index, value: element }
  })
}

describe('scatter', () => {
  test.each(['float32', 'float64', 'int32', 'uint8'] as const)('adds rows of %s that meet', (dtype) => {
    for (const [rows, columns, stride] of [
      [6, 7, 14],
      [5, 1, 3],
      [6, 12, 2],
      [0, 4, 4],
    ] as const) {
      const places = [3, 1, 3, 0, 2, 3].slice(0, rows)
      expect(differencesBetweenBackends(addRows(dtype, rows, columns, stride), { data: { 0: places } })).toEqual([])
    }
  })

  test('adds everything to one element, and to every other one backwards', () => {
    for (const [extents, index] of [
      [[50], { constant: 3, terms: [] }],
      [[25], { constant: 58, terms: [{ stride: -2, atom: { kind: 'axis', axis: 0 } }] }],
      [[5, 5], { constant: 0, terms: [{ stride: 3, atom: { kind: 'axis', axis: 1 } }] }],
    ] as [number[], Index][]) {
      const program = oneKernel((write) => {
        const [x, out] = [write.input('float32', 50), write.output('float32', 60)]
        return { kind: 'scatter', label: 'add', extents, buffer: out, index, value: write.load(x, axisIndex(0)) }
      })
      expect(differencesBetweenBackends(program)).toEqual([])
    }
  })
})
