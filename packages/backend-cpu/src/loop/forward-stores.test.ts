import {
  addIndex,
  applyScalar,
  axisIndex,
  constantIndex,
  type Index,
  type LoopStep,
  type Program,
  printKernel,
  type Scalar,
  writeProgram,
} from '@neurite/compiler/kernel'
import { expect, test } from 'vitest'
import { differencesBetweenBackends } from '../test/both-backends.ts'
import { forwardStores } from './forward-stores.ts'

const [rows, columns] = [5, 37]
const at = addIndex(axisIndex(0, columns), axisIndex(1))

/** Rows whose squares are stored, read again at `read`, summed, and divided by their sum. */
function program(read: Index): Program {
  const write = writeProgram()
  const [x, squares] = [write.input('float32', rows * columns), write.output('float32', rows * columns)]
  const [sums, shares] = [write.output('float32', rows), write.output('float32', rows * columns)]
  const square = applyScalar('multiply', [write.load(x, at), write.load(x, at)])
  const sum: Scalar = { kind: 'result', step: 1, dtype: 'float32' }
  const steps: LoopStep[] = [
    { kind: 'store', extents: [columns], buffer: squares, index: at, value: square },
    { kind: 'reduce', extents: [columns], combine: 'add', value: write.load(squares, read) },
    { kind: 'store', extents: [columns], buffer: shares, index: at, value: applyScalar('divide', [square, sum]) },
    { kind: 'store', extents: [], buffer: sums, index: axisIndex(0), value: sum },
  ]
  write.kernel({ kind: 'loop', label: 'squares', extents: [rows], steps })
  return write.finish()
}

function forwarded({ kernels, buffers }: Program): string {
  const [kernel] = kernels
  if (kernel?.kind !== 'loop') throw new Error('expected a loop')
  return printKernel(forwardStores(kernel), buffers)
}

test('a sum of what has just been stored takes the value, not the element', () => {
  expect(forwarded(program(at))).toMatch(/sum over \[j < 37\] of v0/)
  expect(differencesBetweenBackends(program(at))).toEqual([])
})

test('what stands elsewhere in the row is not taken for it', () => {
  const backwards = addIndex(addIndex(axisIndex(0, columns), axisIndex(1, -1)), constantIndex(columns - 1))
  expect(forwarded(program(backwards))).toMatch(/sum over \[j < 37\] of output/)
})
