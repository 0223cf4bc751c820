import { describe, expect, it } from 'vitest'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { padAround } from './pad.ts'

const x: Tensor = tensor([1, 2, 3])

describe('padAround', () => {
  it('reflects, replicates and goes round', () => {
    expectTensor(padAround(x, { low: [2], high: [1], mode: 'reflect' }), [6], [3, 2, 1, 2, 3, 2])
    expectTensor(padAround(x, { low: [2], high: [1], mode: 'replicate' }), [6], [1, 1, 1, 2, 3, 3])
    expectTensor(padAround(x, { low: [2], high: [1], mode: 'circular' }), [6], [2, 3, 1, 2, 3, 1])
  })

  it('pads corners by both axes', () => {
    const square: Tensor = tensor([
      [1, 2],
      [3, 4],
    ])
    expectTensor(
      padAround(square, { low: [1, 1], high: [0, 0], mode: 'circular' }),
      [3, 3],
      [4, 3, 4, 2, 1, 2, 4, 3, 4],
    )
  })

  it('crops where an amount is negative', () => {
    expectTensor(padAround(x, { low: [-1], high: [1], mode: 'replicate' }), [3], [2, 3, 3])
    expectTensor(padAround(x, { low: [-1], high: [-1], mode: 'reflect' }), [1], [2])
  })

  it('refuses more than there is', () => {
    expect(() => padAround(x, { low: [3], high: [0], mode: 'reflect' })).toThrow(
      "padAround: 3 elements around axis 0 of [3]: 'reflect' has at most 2.",
    )
    expect(() => padAround(x, { low: [0], high: [4], mode: 'circular' })).toThrow("'circular' has at most 3.")
    expect(() => padAround(x, { low: [1, 1], high: [1], mode: 'reflect' })).toThrow(
      'padAround: low and high need one entry',
    )
  })
})
