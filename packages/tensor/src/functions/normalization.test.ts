import { expect, it } from 'vitest'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'
import { layerNorm, rmsNorm } from './normalization.ts'

const x: Tensor = tensor([
  [1, 2, 3],
  [10, 10, 40],
])
const deviation = Math.sqrt(2 / 3 + 1e-5)

it('layerNorm brings mean 0 and variance 1', () => {
  const rows = layerNorm(x, [3]) as Tensor
  expectTensor(rows.narrow(0, 0, 1), [1, 3], [-1 / deviation, 0, 1 / deviation])
  const scaled = layerNorm(x, [3], { weight: tensor([1, 2, 3]), bias: tensor([5, 6, 7]) }) as Tensor
  expectTensor(scaled.narrow(0, 0, 1), [1, 3], [5 - 1 / deviation, 6, 7 + 3 / deviation])
  const whole = layerNorm(x, [2, 3], { epsilon: 0 }) as Tensor
  expectTensor(whole.mean(), [], [0])
  expectTensor(whole.square().mean(), [], [1])
  expect(() => layerNorm(x, [2])).toThrow('layerNorm: [2, 3] does not end in [2].')
})

it('rmsNorm brings a mean square of 1', () => {
  const rows = rmsNorm(x, [3], { epsilon: 0, weight: tensor([2, 2, 2]) }) as Tensor
  expectTensor(rows.square().mean(-1), [2], [4, 4])
})
