// Kernels run in rounds, over views that move with them.

import { applyScalar, storeTo } from '../../kernel/index.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { affine, type CaseWriter, loopKernel, writeCase } from '../write-case.ts'

const rows = 5
const columns = 6

export function repeatCases(): readonly ConformanceCase[] {
  return [
    runningSum('forwards', (round) => round),
    runningSum('backwards', (round) => rows - 1 - round),
    recurrence(),
    repeatedOnce(),
    neverRepeated(),
    twoRepeats(),
  ]
}

/** Rows of an input added up in two slots that take turns; every round gives what it has so far. */
function runningSum(direction: string, rowOf: (round: number) => number): ConformanceCase {
  return writeCase(`a running sum ${direction}`, (write) => {
    const [input, output] = [write.input('float32', rows * columns), write.output('float32', rows * columns)]
    const start = rowOf(0) * columns
    const step = rowOf(1) * columns - start
    const row = { start, step, period: rows * columns }
    addRows(write, rows, write.view(columns, { of: input, ...row }), write.view(columns, { of: output, ...row }))
    return []
  })
}

function addRows(write: CaseWriter, count: number, row: number, result: number): void {
  const sums = write.temporary('float32', 2 * columns)
  const slot = (start: number, step: number): number =>
    write.view(columns, { of: sums, start: start * columns, step: step * columns, period: 2 * columns })
  const at = affine([1])
  const [before, after] = [slot(0, 1), slot(1, 1)]
  write.kernel(loopKernel([columns], storeTo(slot(0, 0), at, { kind: 'constant', value: 0, dtype: 'float32' })))
  write.repeat(count, () => {
    const sum = applyScalar('add', [write.load(before, at), write.load(row, at)])
    write.kernel(loopKernel([columns], storeTo(after, at, sum), storeTo(result, at, sum)))
  })
}

/** state ← tanh(state · weight + row), with a history of all rounds; a contraction and a temporary in every round. */
function recurrence(): ConformanceCase {
  return writeCase('a recurrent net', (write) => {
    const weight = write.input('float32', columns * columns)
    const input = write.input('float32', rows * columns)
    const history = write.output('float32', (rows + 1) * columns)
    const product = write.temporary('float32', columns)
    const period = (rows + 1) * columns
    const slot = (start: number, step: number): number =>
      write.view(columns, { of: history, start: start * columns, step: step * columns, period })
    const [before, after] = [slot(0, 1), slot(1, 1)]
    const row = write.view(columns, { of: input, start: 0, step: columns, period: rows * columns })
    const at = affine([1])
    write.kernel(loopKernel([columns], storeTo(slot(0, 0), at, write.load(weight, at))))
    write.repeat(rows, () => {
      write.kernel({
        ...{ kind: 'contraction', label: 'contract', batch: [], rows: [1], columns: [columns], depth: [columns] },
        left: write.load(before, affine([0, 0, 1])),
        right: write.load(weight, affine([0, columns, 1])),
        stores: [storeTo(product, affine([0, 1]), { kind: 'result', step: 0, dtype: 'float32' })],
      })
      const sum = applyScalar('add', [write.load(product, at), write.load(row, at)])
      write.kernel(loopKernel([columns], storeTo(after, at, applyScalar('tanh', [sum]))))
    })
    return []
  })
}

function repeatedOnce(): ConformanceCase {
  return writeCase('a single round', (write) => {
    const [input, output] = [write.input('float32', columns), write.output('float32', columns)]
    addRows(write, 1, input, output)
    return []
  })
}

function neverRepeated(): ConformanceCase {
  return writeCase('no rounds', (write) => {
    const state = write.state('int32', columns)
    const at = affine([1])
    write.repeat(0, () => {
      write.kernel(loopKernel([columns], storeTo(state, at, applyScalar('negate', [write.load(state, at)]))))
    })
    return loopKernel([columns], storeTo(write.output('int32', columns), at, write.load(state, at)))
  })
}

/** The second reads the results of the first against their order. */
function twoRepeats(): ConformanceCase {
  return writeCase('two repeats one after the other', (write) => {
    const [input, sums] = [write.input('float32', rows * columns), write.temporary('float32', rows * columns)]
    const output = write.output('float32', rows * columns)
    const row = (of: number, isBackwards: boolean): number => {
      const step = isBackwards ? -columns : columns
      return write.view(columns, { of, start: isBackwards ? (rows - 1) * columns : 0, step, period: rows * columns })
    }
    addRows(write, rows, row(input, false), row(sums, false))
    addRows(write, rows, row(sums, true), row(output, true))
    return []
  })
}
