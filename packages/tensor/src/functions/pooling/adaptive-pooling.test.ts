import { expect, it } from 'vitest'
import { arange, zeros } from '../../create.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { adaptiveAveragePool, adaptiveMaxPool } from './adaptive-pooling.ts'

const line: Tensor = arange({ stop: 5 }).reshape([1, 1, 5])

it('covers the axis with windows, which overlap where they must', () => {
  // ⌊5i / 3⌋ to ⌈5(i + 1) / 3⌉: 0–1, 1–3, 3–4.
  expectTensor(adaptiveAveragePool(line, 3), [1, 1, 3], [0.5, 2, 3.5])
  expectTensor(adaptiveMaxPool(line, 3), [1, 1, 3], [1, 3, 4])
  expectTensor(adaptiveAveragePool(line, 1), [1, 1, 1], [2])
  expectTensor(adaptiveMaxPool(line.negate(), 7), [1, 1, 7], [0, 0, -1, -2, -2, -3, -4])
})

it('pools axes apart', () => {
  const image: Tensor = arange({ stop: 12 }).reshape([1, 1, 3, 4])
  expectTensor(adaptiveAveragePool(image, [1, 2]), [1, 1, 1, 2], [4.5, 6.5])
  expectTensor(adaptiveMaxPool(image.cast('int32'), [2, 1]), [1, 1, 2, 1], [7, 11])
  expect(() => adaptiveAveragePool(image, 0)).toThrow('adaptiveAveragePool: [1, 1, 3, 4] cannot be pooled to [0, 0]')
  expect(() => adaptiveMaxPool(zeros([2, 2]), 1)).toThrow('adaptiveMaxPool: takes [N, C, ...spatial], not [2, 2].')
})
