import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collapseAxes } from './collapse-axes.ts'
import { addIndex, axisIndex, divideIndex, type Index, scaleIndex } from './indexing.ts'
import type { LoopKernel } from './kernel.ts'
import { printKernel } from './print.ts'
import { storeTo, writeProgram } from './program-writer.ts'
import { referenceBackend } from './reference-backend.ts'
import { applyScalar, loadScalar, type Scalar } from './scalar.ts'
import { splitDividedAxes } from './split-axes.ts'
import { validate } from './validate.ts'

/** Every pixel of a [rows, columns] image from an image half its size. */
function upsampled(rows: number, columns: number): LoopKernel {
  const extents = [rows, columns]
  const half = (axis: number): Index => divideIndex(axisIndex(axis), 2, extents).quotient
  const at = addIndex(scaleIndex(half(0), columns / 2), half(1))
  const store = storeTo(1, addIndex(axisIndex(0, columns), axisIndex(1)), loadScalar(0, at, 'float32'))
  return { kind: 'loop', label: '', extents, steps: [store] }
}

test('axes whose places are divided become two, without divisions', () => {
  expect(printed(splitDividedAxes(upsampled(6, 8)))).toEqual([
    'loop "" [i < 3, j < 2, k < 4, l < 2]\n  buffer1[16i + 8j + 2k + l] = buffer0[4i + k]',
  ])
})

test('a reduction’s own axes keep their meaning', () => {
  const extents = [6, 5]
  const { quotient, remainder } = divideIndex(axisIndex(0), 3, extents)
  const at = addIndex(addIndex(scaleIndex(quotient, 50), scaleIndex(remainder, 7)), axisIndex(1, 10))
  const reduce = { kind: 'reduce', extents: [5], combine: 'add', value: loadScalar(0, at, 'float32') } as const
  const store = storeTo(1, axisIndex(0), { kind: 'result', step: 0, dtype: 'float32' })
  const kernel: LoopKernel = { kind: 'loop', label: '', extents: [6], steps: [reduce, store] }
  expect(printed(splitDividedAxes(kernel))).toEqual([
    'loop "" [i < 2, j < 3]\n  result0 = sum over [k < 5] of buffer0[50i + 7j + 10k]\n  buffer1[3i + j] = result0',
  ])
})

test('an axis that is no whole number of divisors long stays, if there are few points', () => {
  const kernel = upsampled(6, 8)
  expect(splitDividedAxes({ ...kernel, extents: [5, 7] }).map(({ extents }) => extents)).toEqual([[5, 7]])
  expect(splitDividedAxes(collapseAxes({ ...kernel, extents: [2, 2] })).map(({ extents }) => extents)).toEqual([[2, 2]])
})

test('of many points, what is left over is a loop of its own', () => {
  const kernel = { ...upsampled(200, 300), extents: [199, 301] }
  expect(printed(splitDividedAxes(kernel).map(collapseAxes))).toEqual([
    'loop "" [i < 99, j < 2, k < 150, l < 2]\n  buffer1[600i + 300j + 2k + l] = buffer0[150i + k]',
    'loop "" [i < 99, j < 2]\n  buffer1[600i + 300j + 300] = buffer0[150i + 150]',
    'loop "" [i < 301]\n  buffer1[i + 59400] = buffer0[floor((i) / 2) + 14850]',
  ])
})

test('the loops together do what the one did, and the windows need no guards', () => {
  const size = fc.integer({ min: 2, max: 5 })
  const length = fc.integer({ min: 130, max: 180 })
  fc.assert(
    fc.property(size, size, length, length, (a, b, rows, columns) => {
      // The gradient of windows a × b side by side, which do not reach the last rows and columns.
      const extents = [rows, columns]
      const [windows, across] = [Math.floor(rows / a), Math.floor(columns / b)]
      const parts = [divideIndex(axisIndex(0), a, extents), divideIndex(axisIndex(1), b, extents)] as const
      const at = addIndex(scaleIndex(parts[0].quotient, across), parts[1].quotient)
      const place: Scalar = {
        kind: 'index',
        index: addIndex(scaleIndex(parts[0].remainder, b), parts[1].remainder),
        dtype: 'int32',
      }
      const value = applyScalar('add', [loadScalar(0, at, 'int32'), place])
      const inside = [
        { index: axisIndex(0), low: 0, high: windows * a },
        { index: axisIndex(1), low: 0, high: across * b },
      ]
      const guard: Scalar = { kind: 'guard', conditions: inside, value, otherwise: -1, dtype: 'int32' }
      const store = storeTo(1, addIndex(axisIndex(0, columns), axisIndex(1)), guard)
      const kernel: LoopKernel = { kind: 'loop', label: '', extents, steps: [store] }
      const pieces = splitDividedAxes(kernel)
      expect(printed(pieces)[0]).not.toMatch(/ if |mod|floor/)
      const sizes = [windows * across, rows * columns] as const
      expect(run(pieces, sizes)).toEqual(run([kernel], sizes))
    }),
    { numRuns: 25 },
  )
})

function printed(kernels: readonly LoopKernel[]): string[] {
  return kernels.map((kernel) => printKernel(kernel, []))
}

/** What kernels make of an input 0, 10, 20, …. */
function run(kernels: readonly LoopKernel[], [input, output]: readonly [number, number]) {
  const write = writeProgram()
  write.input('int32', input)
  write.output('int32', output)
  for (const kernel of kernels) write.kernel(kernel)
  const program = write.finish()
  validate(program)
  const values = Int32Array.from({ length: input }, (_, i) => 10 * i)
  return referenceBackend().prepare(program, []).runSync!([values])
}
