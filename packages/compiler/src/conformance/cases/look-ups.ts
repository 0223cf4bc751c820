// Indices read from tensors, in range and out of it, and scatters.

import {
  addIndex,
  applyScalar,
  axisIndex,
  constantScalar,
  type DType,
  type Index,
  type Scalar,
  storeTo,
} from '../../kernel/index.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { seededRandom } from '../random.ts'
import { affine, loopKernel, rowMajor, writeCase } from '../write-case.ts'

const dtypes = ['float32', 'float64', 'int32', 'uint8', 'bool'] as const

export function lookUpCases(): readonly ConformanceCase[] {
  return [
    ...dtypes.map(rowsOfATable),
    elementsOfATable(),
    computedIndices(),
    lookUpOfALookUp(),
    storesAtLookedUpPlaces(),
    ...[-1, 6, 2 ** 31 - 1, -(2 ** 31)].map(faultyLookUp),
    faultAmongSeveral(),
  ]
}

export function scatterCases(): readonly ConformanceCase[] {
  return [
    ...(['float32', 'float64', 'int32', 'uint8'] as const).flatMap((dtype) => [
      scatteredRows(dtype),
      scatteredElements(dtype, 200, 5),
      scatteredElements(dtype, 3, 40),
    ]),
    scatteredElements('float32', 0, 7),
    scatterWithoutLookUp(),
    scatterIntoState(),
    faultyScatter(),
  ]
}

/** stride · (the value, which must be below size) */
function looked(value: Scalar, size: number, fault: number, stride = 1): Index {
  return { constant: 0, terms: [{ stride, atom: { kind: 'value', value, size, fault } }] }
}

function indices(count: number, size: number): number[] {
  const random = seededRandom(count + 1000 * size)
  return Array.from({ length: count }, () => random.integer(0, size - 1))
}

function rowsOfATable(dtype: DType): ConformanceCase {
  return writeCase(`rows of a table of ${dtype}`, (write) => {
    const fault = write.fault('gather: {value} is not a row.')
    const row = write.load(write.given('int32', indices(9, 6)), axisIndex(0))
    const table = write.input(dtype, 6 * 11)
    const value = write.load(table, addIndex(looked(row, 6, fault, 11), axisIndex(1)))
    return loopKernel([9, 11], storeTo(write.output(dtype, 99), rowMajor([9, 11]), value))
  })
}

function elementsOfATable(): ConformanceCase {
  return writeCase('elements of a table by row and column', (write) => {
    const fault = write.fault('gather: {value} is out of range.')
    const row = write.load(write.given('int32', indices(23, 4)), axisIndex(0))
    const column = write.load(write.given('int32', indices(23, 9)), axisIndex(0))
    const at = addIndex(looked(row, 4, fault, 9), looked(column, 9, fault))
    return loopKernel(
      [23],
      storeTo(write.output('float32', 23), affine([1]), write.load(write.input('float32', 36), at)),
    )
  })
}

function computedIndices(): ConformanceCase {
  return writeCase('indices that are computed from bytes and counters', (write) => {
    const fault = write.fault('gather: {value} is out of range.')
    const byte = applyScalar('cast', [write.load(write.input('uint8', 30), axisIndex(0))], 'int32')
    const counter = { kind: 'index', index: affine([3]), dtype: 'int32' } as const
    const sum = applyScalar('subtract', [byte, counter])
    const place = applyScalar('remainder', [sum, constantScalar(13, 'int32')])
    const value = write.load(write.input('float64', 13), looked(place, 13, fault))
    return loopKernel([30], storeTo(write.output('float64', 30), affine([1]), value))
  })
}

function lookUpOfALookUp(): ConformanceCase {
  return writeCase('a look-up whose index is looked up, in a quotient', (write) => {
    const fault = write.fault('gather: {value} is out of range.')
    const first = write.load(write.given('int32', indices(16, 10)), axisIndex(0))
    const second = write.load(write.given('int32', indices(10, 12)), looked(first, 10, fault))
    const dividend = looked(second, 12, fault)
    const at: Index = { constant: 0, terms: [{ stride: 1, atom: { kind: 'quotient', dividend, divisor: 2 } }] }
    return loopKernel(
      [16],
      storeTo(write.output('float32', 16), affine([1]), write.load(write.input('float32', 6), at)),
    )
  })
}

function storesAtLookedUpPlaces(): ConformanceCase {
  return writeCase('stores in a permuted order', (write) => {
    const fault = write.fault('permute: {value} is out of range.')
    const order = seededRandom(5).shuffled(Array.from({ length: 18 }, (_, i) => i))
    const place = write.load(write.given('int32', order), axisIndex(0))
    const value = write.load(write.input('float32', 18), axisIndex(0))
    return loopKernel([18], storeTo(write.output('float32', 18), looked(place, 18, fault), value))
  })
}

/** The run throws; what follows the fault runs nevertheless, with 0 in the index's place. */
function faultyLookUp(wrong: number): ConformanceCase {
  return writeCase(`the index ${wrong} of a table of 6`, (write) => {
    const fault = write.fault('gather: index {value} is not below 6; {value} it is.')
    const place = write.load(write.given('int32', [0, 5, wrong, 3, 1]), axisIndex(0))
    const found = write.load(write.input('float32', 6), looked(place, 6, fault))
    const state = write.givenState('float32', [1, 2, 3, 4, 5])
    const total = write.givenState('int32', [7])
    const sum = applyScalar('add', [write.load(state, affine([1])), found])
    const count = applyScalar('add', [write.load(total, affine([])), constantScalar(1, 'int32')])
    return [
      loopKernel([5], storeTo(write.output('float32', 5), affine([1]), found)),
      loopKernel([5], storeTo(state, affine([1]), sum)),
      loopKernel([], storeTo(total, affine([]), count)),
    ]
  })
}

function faultAmongSeveral(): ConformanceCase {
  return writeCase('the second of three faults', (write) => {
    const table = write.input('float32', 4)
    const faults = ['first', 'second', 'third'].map((name) => write.fault(`the ${name}: {value}`))
    const kernels = faults.map((fault, i) => {
      const place = write.load(write.given('int32', i === 1 ? [0, 3, 4] : [2, 1, 0]), axisIndex(0))
      const value = write.load(table, looked(place, 4, fault))
      return loopKernel([3], storeTo(write.output('float32', 3), affine([1]), value))
    })
    return kernels
  })
}

function scatteredRows(dtype: DType): ConformanceCase {
  return writeCase(`rows of ${dtype} added to a table`, (write) => {
    const fault = write.fault('scatter: {value} is not a row.')
    const row = write.load(write.given('int32', indices(12, 5)), axisIndex(0))
    const value = write.load(write.input(dtype, 12 * 7), rowMajor([12, 7]))
    const index = addIndex(looked(row, 5, fault, 7), axisIndex(1))
    return { kind: 'scatter', label: 'rows', extents: [12, 7], buffer: write.output(dtype, 35), index, value }
  })
}

function scatteredElements(dtype: DType, count: number, size: number): ConformanceCase {
  return writeCase(`${count} values of ${dtype} added to ${size} elements`, (write) => {
    const fault = write.fault('scatter: {value} is out of range.')
    const place = write.load(write.given('int32', indices(count, size)), axisIndex(0))
    const value = write.load(write.input(dtype, count), axisIndex(0))
    const index = looked(place, size, fault)
    return { kind: 'scatter', label: '', extents: [count], buffer: write.output(dtype, size), index, value }
  })
}

function scatterWithoutLookUp(): ConformanceCase {
  return writeCase('sums of diagonals by a scatter of a function', (write) => {
    const value = applyScalar('tanh', [write.load(write.input('float32', 48), rowMajor([6, 8]))])
    return {
      kind: 'scatter',
      label: '',
      extents: [6, 8],
      buffer: write.output('float32', 13),
      index: affine([1, 1]),
      value,
    }
  })
}

function scatterIntoState(): ConformanceCase {
  return writeCase('a scatter replaces what its buffer held, and is read by the next kernel', (write) => {
    const fault = write.fault('scatter: {value} is out of range.')
    const counts = write.givenState('int32', [5, 6, 7, 8, 9])
    const place = write.load(write.given('int32', [0, 3, 3, 1, 3]), axisIndex(0))
    const double = applyScalar('add', [write.load(counts, axisIndex(0)), write.load(counts, axisIndex(0))])
    return [
      {
        kind: 'scatter',
        label: 'count',
        extents: [5],
        buffer: counts,
        index: looked(place, 5, fault),
        value: constantScalar(1, 'int32'),
      },
      loopKernel([5], storeTo(write.output('int32', 5), affine([1]), double)),
    ]
  })
}

function faultyScatter(): ConformanceCase {
  return writeCase('a scatter to a place that is not there', (write) => {
    const fault = write.fault('scatter: {value} is out of range.')
    const place = write.load(write.given('int32', [0, -5, 2]), axisIndex(0))
    const value = write.load(write.input('float32', 3), axisIndex(0))
    const index = looked(place, 3, fault)
    return { kind: 'scatter', label: '', extents: [3], buffer: write.output('float32', 3), index, value }
  })
}
