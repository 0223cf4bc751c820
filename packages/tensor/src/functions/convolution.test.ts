import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arange, zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import { sizeOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'
import { conv1d, conv2d, conv3d } from './convolution.ts'

function ramp(shape: readonly number[], scale: number): Tensor {
  return arange({ stop: sizeOf(shape) })
    .multiply(scale)
    .sin()
    .reshape(shape)
}

interface Setting {
  readonly stride: number
  readonly padding: number
  readonly dilation: number
  readonly groups: number
}

/** The equation of `convolve`, over one spatial axis. */
function byLoops(x: Tensor, weight: Tensor, { stride, padding, dilation, groups }: Setting): number[] {
  const [batch, channels, length] = x.shape
  const [outputs, inGroup, size] = weight.shape
  const [from, kernel] = [x.dataSync(), weight.dataSync()]
  const count = Math.floor((length + 2 * padding - dilation * (size - 1) - 1) / stride) + 1
  const result: number[] = []
  for (let n = 0; n < batch; n++)
    for (let o = 0; o < outputs; o++)
      for (let p = 0; p < count; p++) {
        const group = Math.floor(o / (outputs / groups))
        let sum = 0
        for (let c = 0; c < inGroup; c++)
          for (let k = 0; k < size; k++) {
            const at = p * stride - padding + k * dilation
            if (at < 0 || at >= length) continue
            sum += from[(n * channels + group * inGroup + c) * length + at]! * kernel[(o * inGroup + c) * size + k]!
          }
        result.push(sum)
      }
  return result
}

describe('conv1d', () => {
  it('agrees with its equation', () => {
    const small = fc.integer({ min: 1, max: 3 })
    const setting = fc.record({
      stride: small,
      padding: fc.integer({ min: 0, max: 2 }),
      dilation: small,
      groups: small,
    })
    fc.assert(
      fc.property(setting, small, small, small, (options, inGroup, outGroup, size) => {
        const x = ramp([2, inGroup * options.groups, 9], 0.7)
        const weight = ramp([outGroup * options.groups, inGroup, size], 1.1)
        const expected = byLoops(x, weight, options)
        const y = conv1d(x, weight, options)
        expectTensor(y, [2, outGroup * options.groups, expected.length / (2 * outGroup * options.groups)], expected)
      }),
      { numRuns: 50 },
    )
  })

  it('adds a bias per output channel', () => {
    const y = conv1d(zeros([1, 1, 3]), zeros([2, 1, 1]), { bias: tensor([1, -1]) })
    expectTensor(y, [1, 2, 3], [1, 1, 1, -1, -1, -1])
  })

  it("keeps the size with padding 'same', the odd zero at the end", () => {
    const x: Tensor = tensor([1, 2, 3], { shape: [1, 1, 3] })
    const weight: Tensor = tensor([1, 10], { shape: [1, 1, 2] })
    expectTensor(conv1d(x, weight, { padding: 'same' }), [1, 1, 3], [21, 32, 3])
    expect(() => conv1d(x, weight, { padding: 'same', stride: 2 })).toThrow(
      "conv1d: padding 'same' needs stride 1, not [2].",
    )
  })
})

describe('conv2d and conv3d', () => {
  it('treat each spatial axis with its own options', () => {
    const x: Tensor = zeros([2, 3, 9, 7])
    const y = conv2d(x, zeros([4, 3, 3, 2]), { stride: [2, 1], padding: [1, 0], dilation: [1, 2] })
    expect(y.shape).toEqual([2, 4, 5, 5])
    expect(conv3d(zeros([1, 1, 4, 5, 6]), zeros([2, 1, 2, 2, 2])).shape).toEqual([1, 2, 3, 4, 5])
  })

  it('of a kernel that factors are two convolutions in one', () => {
    const x: Tensor = ramp([1, 1, 6, 6], 0.3)
    const [column, row] = [ramp([3], 1.2), ramp([2], 0.8)]
    const both = conv2d(x, column.unsqueeze(1).multiply(row).reshape([1, 1, 3, 2]))
    const steps = conv2d(conv2d(x, column.reshape([1, 1, 3, 1])), row.reshape([1, 1, 1, 2]))
    expectTensor(both, steps.shape, [...steps.dataSync()])
  })

  it('explain operands that do not fit', () => {
    const x: Tensor = zeros([8, 3, 32, 32])
    const weights: Tensor[] = [zeros([16, 1, 3, 3]), zeros([16, 3, 3]), zeros([15, 1, 3, 3])]
    expect(() => conv2d(x, weights[0]!)).toThrow(
      'conv2d: input channels differ: [8, 3, 32, 32] with weight [16, 1, 3, 3] (3 ≠ 1).',
    )
    expect(() => conv2d(x, weights[0]!, { groups: 2 })).toThrow('(3 ≠ 1 · 2 groups)')
    expect(() => conv2d(x, weights[1]!)).toThrow('conv2d: takes 4 axes')
    expect(() => conv2d(zeros([1, 1, 4, 4]) as Tensor, zeros([1, 1, 5, 5]))).toThrow(
      'conv2d: a kernel of [5, 5] is larger than the input [4, 4] with its padding',
    )
    expect(() => conv2d(x, weights[2]!, { groups: 2 })).toThrow('15 output channels cannot be divided into 2 groups')
    expect(() => conv2d(zeros([1, 1, 4, 4]) as Tensor, weights[0]!, { stride: [1] })).toThrow(
      'stride [1] needs 2 entries',
    )
  })
})
