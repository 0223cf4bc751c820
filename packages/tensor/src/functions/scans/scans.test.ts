import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { cumulativeMaximum, cumulativeMinimum } from './cumulative-maximum.ts'
import { cumulativeProduct, cumulativeSum } from './cumulative-sum.ts'
import { difference } from './difference.ts'
import { logCumulativeSumExp } from './log-cumulative-sum-exp.ts'

/** Lengths in and beyond one block of the scan, and blocks of blocks. */
const integers = fc.oneof(
  fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 40 }),
  fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 250, maxLength: 300 }),
)

function running(values: readonly number[], combine: (before: number, value: number) => number): number[] {
  let total: number | undefined
  return values.map((value) => {
    total = total === undefined ? value : combine(total, value)
    return total
  })
}

describe('cumulative results', () => {
  it('are those of a loop', () => {
    fc.assert(
      fc.property(integers, (values) => {
        const x: Tensor = tensor(Int32Array.from(values))
        expect([...cumulativeSum(x, 0).dataSync()]).toEqual(running(values, (a, b) => a + b))
        expect([...cumulativeProduct(x, 0).dataSync()]).toEqual(running(values, Math.imul))
      }),
      { numRuns: 40 },
    )
  })

  it('of extrema have the position of the last among equals', () => {
    fc.assert(
      fc.property(integers, (values) => {
        const x: Tensor = tensor(Int32Array.from(values))
        for (const [of, wins] of [
          [cumulativeMaximum, (a: number, b: number) => b >= a],
          [cumulativeMinimum, (a: number, b: number) => b <= a],
        ] as const) {
          const { values: extrema, indices } = of(x, 0)
          const places = running([...values.keys()], (at, i) => (wins(values[at]!, values[i]!) ? i : at))
          expect([...indices.dataSync()]).toEqual(places)
          expect([...extrema.dataSync()]).toEqual(places.map((place) => values[place]))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('go along the axis that is named', () => {
    const x: Tensor = tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    expectTensor(cumulativeSum(x, 0), [3, 2], [1, 2, 4, 6, 9, 12])
    expectTensor(cumulativeSum(x, -1), [3, 2], [1, 3, 3, 7, 5, 11])
    expect(() => cumulativeSum(x, 2)).toThrow('cumulativeSum: axis 2 is out of range')
  })

  it('do not let what comes later reach back', () => {
    expectTensor(cumulativeSum(tensor([1, Infinity, -Infinity, 2]), 0), [4], [1, Infinity, NaN, NaN])
    const { values, indices } = cumulativeMaximum(tensor([1, Number.NaN, 3]), 0)
    expectTensor(values, [3], [1, NaN, NaN])
    expectTensor(indices, [3], [0, 1, 1])
  })

  it('of bools are counted', () => {
    const counts = cumulativeSum(tensor([true, false, true]), 0)
    expect(counts.dtype).toBe('int32')
    expectTensor(counts, [3], [1, 1, 2])
  })
})

it('logCumulativeSumExp survives large numbers', () => {
  expectTensor(logCumulativeSumExp(tensor([1000, 1000, -Infinity]), 0), [3], [1000, 1000 + Math.LN2, 1000 + Math.LN2])
  const values = [0.3, -2, 5, 1]
  expectTensor(
    logCumulativeSumExp(tensor(values), 0),
    [4],
    running(values.map(Math.exp), (a, b) => a + b).map(Math.log),
  )
})

it('difference subtracts neighbours', () => {
  expectTensor(difference(tensor([1, 4, 9, 16]), 0), [3], [3, 5, 7])
  expectTensor(difference(tensor([1, 4, 9, 16]), 0, { times: 2 }), [2], [2, 2])
  expectTensor(difference(tensor([1]), 0), [0], [])
  expectTensor(difference(tensor([true, false, false]), 0), [2], [1, 0])
})
