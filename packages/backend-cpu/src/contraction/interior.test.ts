import { axisIndex, type Condition, loadScalar, type Scalar } from '@neurite/compiler/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { affine } from '../test/both-backends.ts'
import { pointsOf, scalarValue } from '../test/reference-contraction.ts'
import { interiorOf } from './interior.ts'

function guarded(conditions: readonly Condition[]): Scalar {
  return { kind: 'guard', conditions, value: loadScalar(0, axisIndex(1), 'float32'), otherwise: 0, dtype: 'float32' }
}

test('a window of three over 28 places with padding is inside from 4 to 24', () => {
  const value = guarded([
    { index: affine([1, 0], -1), low: 0, high: 2 },
    { index: affine([1, 1], -1), low: 0, high: 28 },
  ])
  const interior = interiorOf(value, 1, [3, 28])!
  expect(interior).toMatchObject({ start: 4, end: 24 })
  expect(interior.value).toMatchObject({ kind: 'guard', conditions: [{ high: 2 }] })
})

test('there is none without a condition along the axis, with a divisor, or shorter than a vector', () => {
  expect(interiorOf(guarded([{ index: affine([1, 0]), low: 0, high: 2 }]), 1, [3, 28])).toBeUndefined()
  expect(interiorOf(guarded([{ index: affine([0, 1]), low: 0, high: 28, divisor: 2 }]), 1, [3, 28])).toBeUndefined()
  expect(interiorOf(guarded([{ index: affine([1, 1], -1), low: 0, high: 8 }]), 1, [3, 8])).toBeUndefined()
})

test('inside, the value is the same without the conditions', () => {
  const stride = fc.integer({ min: -3, max: 3 })
  const condition = fc.record({ a: stride, b: stride, low: fc.integer({ min: -20, max: 20 }), span: fc.nat(60) })
  fc.assert(
    fc.property(
      fc.array(condition, { minLength: 1, maxLength: 2 }),
      fc.integer({ min: 1, max: 24 }),
      (list, extent) => {
        const value = guarded(list.map(({ a, b, low, span }) => ({ index: affine([a, b]), low, high: low + span })))
        const interior = interiorOf(value, 1, [3, extent])
        if (interior === undefined) return
        expect([interior.start % 4, interior.end % 4]).toEqual([0, 0])
        const buffers = [Array.from({ length: extent }, (_, i) => i + 1)]
        for (const axes of pointsOf([3, extent])) {
          const isInside = axes[1]! >= interior.start && axes[1]! < interior.end
          if (isInside)
            expect(scalarValue(interior.value, { axes, buffers })).toBe(scalarValue(value, { axes, buffers }))
        }
      },
    ),
    { numRuns: 500 },
  )
})
