import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutAtGuards } from './cut-at-guards.ts'
import { addIndex, axisIndex, type Condition, constantIndex, type Index } from './indexing.ts'
import type { LoopKernel } from './kernel.ts'
import { printKernel } from './print.ts'
import { storeTo, writeProgram } from './program-writer.ts'
import { referenceBackend } from './reference-backend.ts'
import { applyScalar, loadScalar, type Scalar } from './scalar.ts'
import { validate } from './validate.ts'

/** A [rows, columns] matrix whose elements are the sum of pieces that hold where their conditions do. */
function joined(
  [rows, columns]: readonly [number, number],
  pieces: readonly { conditions: readonly Condition[]; at: Index }[],
): LoopKernel {
  const guards = pieces.map(
    ({ conditions, at }): Scalar => ({
      kind: 'guard',
      conditions,
      value: loadScalar(0, at, 'int32'),
      otherwise: 0,
      dtype: 'int32',
    }),
  )
  const value = guards.reduce((sum, guard) => applyScalar('add', [sum, guard]))
  const store = storeTo(1, addIndex(axisIndex(0, columns), axisIndex(1)), value)
  return { kind: 'loop', label: '', extents: [rows, columns], steps: [store] }
}

/** The columns from `low` to before `high`, of rows that lie `stride` apart. */
const columnsFrom = (low: number, high: number, stride: number) => ({
  conditions: [{ index: addIndex(axisIndex(1), constantIndex(-low)), low: 0, high: high - low }],
  at: addIndex(addIndex(axisIndex(0, stride), axisIndex(1)), constantIndex(-low)),
})

test('pieces side by side are computed one after the other, without guards', () => {
  const kernel = joined([64, 192], [columnsFrom(0, 64, 64), columnsFrom(64, 192, 128)])
  expect(cutAtGuards(kernel).map((part) => printKernel(part, []))).toEqual([
    'loop "" [i < 64, j < 64]\n  buffer1[192i + j] = buffer0[64i + j] + 0',
    'loop "" [i < 64, j < 128]\n  buffer1[192i + j + 64] = 0 + buffer0[128i + j]',
  ])
})

test('several axes may tell the piece together, if one of them is enough', () => {
  const index = addIndex(axisIndex(0, 16), axisIndex(1))
  const pieces = [{ conditions: [{ index, low: 0, high: 6400 }], at: index }]
  const [first, second] = cutAtGuards(joined([800, 16], pieces))
  expect([first, second].map((part) => part?.extents)).toEqual([
    [400, 16],
    [400, 16],
  ])
  // In the middle of a row it takes both.
  const uneven = joined([800, 16], [{ conditions: [{ index, low: 0, high: 6408 }], at: index }])
  expect(cutAtGuards(uneven)).toEqual([uneven])
})

test('edges, and what has few points, stay', () => {
  const padded = joined([128, 128], [columnsFrom(1, 127, 126)])
  expect(cutAtGuards(padded)).toEqual([padded])
  const few = joined([32, 192], [columnsFrom(0, 64, 64), columnsFrom(64, 192, 128)])
  expect(cutAtGuards(few)).toEqual([few])
})

test('the parts together do what the one did', () => {
  const place = fc.integer({ min: 0, max: 200 })
  fc.assert(
    fc.property(place, place, place, place, fc.boolean(), (a, b, c, d, reverses) => {
      const stride = reverses ? -1 : 1
      const range = (low: number, high: number) => ({
        conditions: [
          { index: addIndex(axisIndex(1, stride), constantIndex(reverses ? 199 : 0)), low, high },
          { index: axisIndex(0), low: Math.min(low, 100), high: 128 },
        ],
        at: addIndex(axisIndex(0, 200), axisIndex(1)),
      })
      const kernel = joined([128, 200], [range(Math.min(a, b), Math.max(a, b)), range(Math.min(c, d), Math.max(c, d))])
      expect(run(cutAtGuards(kernel))).toEqual(run([kernel]))
    }),
    { numRuns: 25 },
  )
})

function run(kernels: readonly LoopKernel[]) {
  const write = writeProgram()
  write.input('int32', 128 * 200)
  write.output('int32', 128 * 200)
  for (const kernel of kernels) write.kernel(kernel)
  const program = write.finish()
  validate(program)
  const values = Int32Array.from({ length: 128 * 200 }, (_, i) => 3 * i + 1)
  return referenceBackend().prepare(program, []).runSync!([values])
}
