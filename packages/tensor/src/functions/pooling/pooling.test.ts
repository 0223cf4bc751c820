import { describe, expect, it } from 'vitest'
import { arange, zeros } from '../../create.ts'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { averagePool1d, averagePool2d } from './average-pooling.ts'
import { maxPool1d, maxPool2d, maxPool3d } from './max-pooling.ts'

const image: Tensor = arange({ stop: 16 }).reshape([1, 1, 4, 4])

describe('pooling', () => {
  it('takes the largest or the mean of each window', () => {
    expectTensor(maxPool2d(image, { kernelSize: 2 }), [1, 1, 2, 2], [5, 7, 13, 15])
    expectTensor(averagePool2d(image, { kernelSize: 2 }), [1, 1, 2, 2], [2.5, 4.5, 10.5, 12.5])
    expectTensor(maxPool2d(image, { kernelSize: [1, 4], stride: [2, 1] }), [1, 1, 2, 1], [3, 11])
    expect(maxPool3d(zeros([1, 2, 4, 4, 4]), { kernelSize: 2 }).shape).toEqual([1, 2, 2, 2, 2])
  })

  it('never lets padding win a maximum, and counts it as zeros in a mean', () => {
    const x: Tensor = tensor([-3, -1], { shape: [1, 1, 2] })
    expectTensor(maxPool1d(x, { kernelSize: 2, padding: 1 }), [1, 1, 2], [-3, -1])
    expectTensor(averagePool1d(x, { kernelSize: 2, padding: 1 }), [1, 1, 2], [-1.5, -0.5])
    const ints: Tensor = tensor([-3, -1], { shape: [1, 1, 2], dtype: 'int32' })
    expectTensor(maxPool1d(ints, { kernelSize: 2, padding: 1 }), [1, 1, 2], [-3, -1])
  })

  it('dilates', () => {
    const x: Tensor = tensor([5, 1, 2, 4], { shape: [1, 1, 4] })
    expectTensor(maxPool1d(x, { kernelSize: 2, stride: 1, dilation: 2 }), [1, 1, 2], [5, 4])
  })

  it('leaves padding out of the mean where asked', () => {
    const x: Tensor = tensor([-3, -1], { shape: [1, 1, 2] })
    expectTensor(averagePool1d(x, { kernelSize: 2, padding: 1, countIncludePad: false }), [1, 1, 2], [-3, -1])
  })

  it('takes windows that reach beyond the end where asked', () => {
    const x: Tensor = tensor([1, 2, 3, 4, 5], { shape: [1, 1, 5] })
    expectTensor(maxPool1d(x, { kernelSize: 2, ceilMode: true }), [1, 1, 3], [2, 4, 5])
    // What lies beyond the padding is no element; what lies in it is one unless it is left out.
    expectTensor(averagePool1d(x, { kernelSize: 2, ceilMode: true }), [1, 1, 3], [1.5, 3.5, 5])
    const wide = { kernelSize: 3, padding: 1, ceilMode: true }
    expectTensor(averagePool1d(x, wide), [1, 1, 2], [1, 4])
    expectTensor(averagePool1d(x, { ...wide, stride: 2 }), [1, 1, 3], [1, 3, 3])
    expectTensor(averagePool1d(x, { ...wide, stride: 2, countIncludePad: false }), [1, 1, 3], [1.5, 3, 4.5])
    // A window that would begin in the padding at the end is none.
    expectTensor(maxPool1d(x, { kernelSize: 2, stride: 3, padding: 1, ceilMode: true }), [1, 1, 2], [1, 4])
  })

  it('divides by another number where asked', () => {
    expectTensor(averagePool2d(image, { kernelSize: 2, divisor: 1 }), [1, 1, 2, 2], [10, 18, 42, 50])
  })

  it('refuses kernels larger than the input', () => {
    expect(() => maxPool2d(image, { kernelSize: [2, 5] })).toThrow(
      'maxPool2d: a kernel of [2, 5] is larger than the input [4, 4] with its padding',
    )
  })

  it('refuses windows of nothing but padding', () => {
    expect(() => maxPool2d(image, { kernelSize: 2, padding: 2 })).toThrow(
      'maxPool2d: padding [2, 2] is more than half the kernel [2, 2]',
    )
    const flat: Tensor = zeros([4, 4])
    expect(() => averagePool2d(flat, { kernelSize: 2 })).toThrow(
      'averagePool2d: takes 4 axes [N, C, ...spatial], not [4, 4].',
    )
  })
})
