import { expect, it } from 'vitest'
import { arange, zeros } from '../create.ts'
import { sizeOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { conv1d, conv2d } from './convolution.ts'
import { convTranspose1d, convTranspose2d } from './transposed-convolution.ts'

function ramp(shape: readonly number[], scale: number): Tensor {
  return arange({ stop: sizeOf(shape) })
    .multiply(scale)
    .sin()
    .reshape(shape)
}

it.each([
  { stride: 1, padding: 0, dilation: 1, groups: 1 },
  { stride: 2, padding: 1, dilation: 1, groups: 1 },
  { stride: 3, padding: 2, dilation: 2, groups: 2 },
])('is adjoint to the convolution with the same weight: ⟨conv x, y⟩ = ⟨x, convTranspose y⟩ (%o)', (options) => {
  const x = ramp([2, 4, 13], 0.7)
  const weight = ramp([6, 4 / options.groups, 3], 1.3)
  const forward = conv1d(x, weight, options)
  const y = ramp(forward.shape, 0.4)
  const covered = convTranspose1d(y, weight, options).shape.at(-1)!
  const back = convTranspose1d(y, weight, { ...options, outputPadding: 13 - covered })
  expect(forward.multiply(y).sum().itemSync()).toBeCloseTo(x.multiply(back).sum().itemSync(), 3)
})

it('turns the sizes of a convolution around', () => {
  const forward = conv2d(zeros([1, 3, 16, 16]) as Tensor, zeros([8, 3, 4, 4]), { stride: 2, padding: 1 })
  expect(convTranspose2d(forward, zeros([8, 3, 4, 4]), { stride: 2, padding: 1 }).shape).toEqual([1, 3, 16, 16])
})

it('explains operands that do not fit', () => {
  expect(() => convTranspose2d(zeros([1, 3, 4, 4]), zeros([8, 3, 4, 4]))).toThrow(
    'convTranspose2d: input channels differ: [1, 3, 4, 4] with weight [8, 3, 4, 4] (3 ≠ 8).',
  )
  expect(() => convTranspose2d(zeros([1, 3, 4, 4]), zeros([3, 3, 4, 4]), { groups: 2 })).toThrow(
    '3 input channels cannot be divided into 2 groups',
  )
})
