import { expect, it } from 'vitest'
import { arange, zeros } from '../../create.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { fold, unfold } from './unfold.ts'

const x: Tensor = arange({ stop: 9 }).reshape([1, 1, 3, 3])

it('makes columns of windows', () => {
  expectTensor(unfold(x, { kernelSize: 2 }), [1, 4, 4], [0, 1, 3, 4, 1, 2, 4, 5, 3, 4, 6, 7, 4, 5, 7, 8])
  expectTensor(unfold(x, { kernelSize: 2, dilation: 2 }), [1, 4, 1], [0, 2, 6, 8])
  expect(unfold(x, { kernelSize: [3, 1], padding: [1, 0], stride: 2 }).shape).toEqual([1, 3, 4])
})

it('fold adds them up again', () => {
  const options = { kernelSize: 2, padding: 1 }
  // Every element stands in four windows.
  const back = fold(unfold(x, options), { ...options, outputSize: 3 })
  expectTensor(back, [1, 1, 3, 3], [0, 4, 8, 12, 16, 20, 24, 28, 32])
  expect(() => fold(zeros([1, 4, 5]), { kernelSize: 2, outputSize: 3 })).toThrow(
    'fold: [1, 4, 5] are not the windows of images of [3, 3]: those are [N, C · 4, 4] for a kernel of [2, 2].',
  )
})
