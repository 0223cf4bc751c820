import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { fmod } from './fmod.ts'

describe('fmod', () => {
  it('is %, of floats exactly', () => {
    const number = fc.double({ min: -1e9, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(number, number, (a, b) => {
        const found = fmod(tensor([a], { dtype: 'float64' }) as Tensor, b).dataSync()[0]!
        expect(found + 0).toBe((a % b) + 0)
      }),
    )
  })

  it('is % of integers, 0 where the divisor is', () => {
    const a: Tensor = tensor([7, -7, 7, -7, 5], { dtype: 'int32' })
    const b: Tensor = tensor([3, 3, -3, -3, 0], { dtype: 'int32' })
    expect([...fmod(a, b).dataSync()]).toEqual([1, -1, 1, -1, 0])
    expect(fmod(a, b).dtype).toBe('int32')
  })
})
