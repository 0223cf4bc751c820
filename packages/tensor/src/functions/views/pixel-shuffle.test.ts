import { expect, it } from 'vitest'
import { arange, zeros } from '../../create.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { channelShuffle, pixelShuffle, pixelUnshuffle } from './pixel-shuffle.ts'

it('lays channels out in space, and back', () => {
  const x: Tensor = arange({ stop: 4 }).reshape([1, 4, 1, 1])
  expectTensor(pixelShuffle(x, 2), [1, 1, 2, 2], [0, 1, 2, 3])
  const image: Tensor = arange({ stop: 96 }).reshape([2, 8, 2, 3])
  expectTensor(pixelUnshuffle(pixelShuffle(image, 2), 2), [2, 8, 2, 3], [...image.dataSync()])
  expect(() => pixelShuffle(image, 3)).toThrow('pixelShuffle: 9 does not divide 8 of [2, 8, 2, 3].')
})

it('deals channels out', () => {
  const x: Tensor = arange({ stop: 6 }).reshape([1, 6])
  expectTensor(channelShuffle(x, 2), [1, 6], [0, 3, 1, 4, 2, 5])
  expect(() => channelShuffle(zeros([1, 5]), 2)).toThrow('channelShuffle: 2 does not divide 5 of [1, 5].')
})
