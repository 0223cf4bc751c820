import { expect, it } from 'vitest'
import { zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'
import { localResponseNormalization } from './local-response-normalization.ts'

it('divides by what neighbouring channels have', () => {
  const values = [1, 2, 3, 4]
  const x: Tensor = tensor(values, { shape: [1, 4, 1] })
  const settings = { alpha: 0.5, beta: 2, k: 3 }
  const by = (before: number, after: number): number[] =>
    values.map((v, c) => {
      const total = values.slice(Math.max(0, c - before), c + after + 1).reduce((sum, each) => sum + each * each, 0)
      return v / (3 + (0.5 * total) / (before + after + 1)) ** 2
    })
  expectTensor(localResponseNormalization(x, { size: 3, ...settings }), [1, 4, 1], by(1, 1))
  expectTensor(localResponseNormalization(x, { size: 2, ...settings }), [1, 4, 1], by(1, 0))
  expect(() => localResponseNormalization(zeros([3]), { size: 3 })).toThrow(
    'localResponseNormalization: takes [N, C, ...] and a positive size, not [3] and 3.',
  )
})
