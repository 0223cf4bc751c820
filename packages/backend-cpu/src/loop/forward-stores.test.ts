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

test('a reduction that comes in a later loop takes the element: what the value was made of may be overwritten by then', () => {
  const write = writeProgram()
  const size = rows * columns
  const [x, exponentials, doubled] = [
    write.input('float32', size),
    write.temporary('float32', size),
    write.output('float32', size),
  ]
  const spread = write.output('float32', rows)
  const value = applyScalar('exp', [write.load(x, at)])
  const element = write.load(exponentials, at)
  const largest: Scalar = { kind: 'result', step: 2, dtype: 'float32' }
  const steps: LoopStep[] = [
    { kind: 'store', extents: [columns], buffer: exponentials, index: at, value },
    { kind: 'store', extents: [columns], buffer: doubled, index: at, value: applyScalar('add', [value, value]) },
    { kind: 'reduce', extents: [columns], combine: 'maximum', value: element },
    { kind: 'reduce', extents: [columns], combine: 'add', value: applyScalar('subtract', [largest, element]) },
    {
      kind: 'store',
      extents: [],
      buffer: spread,
      index: axisIndex(0),
      value: { kind: 'result', step: 3, dtype: 'float32' },
    },
  ]
  write.kernel({ kind: 'loop', label: 'spread', extents: [rows], steps })
  const separate = write.finish()
  // The output takes over the bytes of the input, as it may: every element is read before it is written.
  const buffers = separate.buffers.map((buffer, number) =>
    number === doubled ? { ...buffer, offset: separate.buffers[x]!.offset! } : buffer,
  )
  const together = { ...separate, buffers }
  expect(forwarded(together)).toMatch(/maximum over \[j < 37\] of v0/)
  expect(forwarded(together)).toMatch(/sum over \[j < 37\] of result2 - t1/)
  expect(differencesBetweenBackends(together)).toEqual([])
})
