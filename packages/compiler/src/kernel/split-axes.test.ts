import { expect, test } from 'vitest'
import { collapseAxes } from './collapse-axes.ts'
import { addIndex, axisIndex, divideIndex, type Index, scaleIndex } from './indexing.ts'
import type { LoopKernel } from './kernel.ts'
import { printKernel } from './print.ts'
import { storeTo } from './program-writer.ts'
import { loadScalar } from './scalar.ts'
import { splitDividedAxes } from './split-axes.ts'

/** Every pixel of a [rows, columns] image from an image half its size. */
function upsampled(rows: number, columns: number): LoopKernel {
  const extents = [rows, columns]
  const half = (axis: number): Index => divideIndex(axisIndex(axis), 2, extents).quotient
  const at = addIndex(scaleIndex(half(0), columns / 2), half(1))
  const store = storeTo(1, addIndex(axisIndex(0, columns), axisIndex(1)), loadScalar(0, at, 'float32'))
  return { kind: 'loop', label: '', extents, steps: [store] }
}

test('axes whose places are divided become two, without divisions', () => {
  expect(printKernel(splitDividedAxes(upsampled(6, 8)), [])).toBe(
    'loop "" [i < 3, j < 2, k < 4, l < 2]\n  buffer1[16i + 8j + 2k + l] = buffer0[4i + k]',
  )
})

test('a reduction’s own axes keep their meaning', () => {
  const extents = [6, 5]
  const { quotient, remainder } = divideIndex(axisIndex(0), 3, extents)
  const at = addIndex(addIndex(scaleIndex(quotient, 50), scaleIndex(remainder, 7)), axisIndex(1, 10))
  const reduce = { kind: 'reduce', extents: [5], combine: 'add', value: loadScalar(0, at, 'float32') } as const
  const store = storeTo(1, axisIndex(0), { kind: 'result', step: 0, dtype: 'float32' })
  const kernel: LoopKernel = { kind: 'loop', label: '', extents: [6], steps: [reduce, store] }
  expect(printKernel(splitDividedAxes(kernel), [])).toBe(
    'loop "" [i < 2, j < 3]\n  result0 = sum over [k < 5] of buffer0[50i + 7j + 10k]\n  buffer1[3i + j] = result0',
  )
})

test('an axis that is no whole number of divisors long stays', () => {
  const kernel = upsampled(6, 8)
  expect(splitDividedAxes({ ...kernel, extents: [5, 7] }).extents).toEqual([5, 7])
  expect(splitDividedAxes(collapseAxes({ ...kernel, extents: [2, 2] })).extents).toEqual([2, 2])
})
