import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addIndex, axisIndex, constantIndex, divideIndex, type Index, rangeOfIndex, scaleIndex } from './indexing.ts'

const extents = [4, 6, 5]

function valueAt({ constant, terms }: Index, point: readonly number[]): number {
  return terms.reduce((sum, { stride, atom }) => {
    if (atom.kind === 'axis') return sum + stride * point[atom.axis]!
    if (atom.kind === 'value') throw new Error('no look-ups here')
    const dividend = valueAt(atom.dividend, point)
    const quotient = Math.floor(dividend / atom.divisor)
    return sum + stride * (atom.kind === 'quotient' ? quotient : dividend - quotient * atom.divisor)
  }, constant)
}

/** An index together with the function it stands for. */
interface Known {
  readonly index: Index
  readonly value: (point: readonly number[]) => number
}

const base: fc.Arbitrary<Known> = fc.oneof(
  fc.integer({ min: -9, max: 9 }).map((constant) => ({ index: constantIndex(constant), value: () => constant })),
  fc.tuple(fc.nat(2), fc.integer({ min: -3, max: 12 })).map(([axis, stride]) => ({
    index: axisIndex(axis, stride),
    value: (point: readonly number[]) => stride * point[axis]!,
  })),
)

const known: fc.Arbitrary<Known> = fc.letrec<{ any: Known }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    base,
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => ({
      index: addIndex(a.index, b.index),
      value: (point: readonly number[]) => a.value(point) + b.value(point),
    })),
    fc.tuple(tie('any'), fc.integer({ min: -3, max: 6 })).map(([a, factor]) => ({
      index: scaleIndex(a.index, factor),
      value: (point: readonly number[]) => factor * a.value(point),
    })),
    fc.tuple(tie('any'), fc.integer({ min: 1, max: 6 }), fc.boolean()).map(([a, divisor, wantsQuotient]) => {
      const { quotient, remainder } = divideIndex(a.index, divisor, extents)
      const quotientAt = (point: readonly number[]): number => Math.floor(a.value(point) / divisor)
      return wantsQuotient
        ? { index: quotient, value: quotientAt }
        : { index: remainder, value: (point: readonly number[]) => a.value(point) - divisor * quotientAt(point) }
    }),
  ),
})).any

test('sums, multiples, quotients and remainders have the values of what they stand for, within their range', () => {
  fc.assert(
    fc.property(known, fc.tuple(fc.nat(3), fc.nat(5), fc.nat(4)), ({ index, value }, point) => {
      expect(valueAt(index, point) === value(point)).toBe(true)
      const { low, high } = rangeOfIndex(index, extents)
      expect(value(point)).toBeGreaterThanOrEqual(low)
      expect(value(point)).toBeLessThanOrEqual(high)
    }),
    { numRuns: 2000 },
  )
})

test('quotient and remainder of one division join again', () => {
  const { quotient, remainder } = divideIndex(addIndex(axisIndex(0, 3), axisIndex(1)), 5, extents)
  expect(addIndex(scaleIndex(quotient, 10), scaleIndex(remainder, 2))).toEqual(
    addIndex(axisIndex(0, 6), axisIndex(1, 2)),
  )
})
