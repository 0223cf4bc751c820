import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planMemory } from './memory.ts'

const lifetime = fc
  .tuple(fc.integer({ min: 0, max: 5000 }), fc.nat(20), fc.nat(20))
  .map(([bytes, a, b]) => ({ bytes, first: Math.min(a, b), last: Math.max(a, b) }))

test('buffers that live at the same time never share bytes, and all lie in the arena', () => {
  fc.assert(
    fc.property(fc.array(lifetime, { maxLength: 40 }), (lifetimes) => {
      const { offsets, arenaBytes } = planMemory(lifetimes)
      lifetimes.forEach((one, i) => {
        expect(offsets[i]! % 64).toBe(0)
        expect(offsets[i]! + one.bytes).toBeLessThanOrEqual(arenaBytes)
        lifetimes.slice(0, i).forEach((other, j) => {
          if (other.last < one.first || one.last < other.first) return
          const [a, b] = [offsets[i]!, offsets[j]!]
          expect(a + one.bytes <= b || b + other.bytes <= a).toBe(true)
        })
      })
    }),
  )
})

test('a chain of equal buffers takes the space of two', () => {
  const chain = Array.from({ length: 10 }, (_, place) => ({ bytes: 640, first: place, last: place + 1 }))
  expect(planMemory(chain).arenaBytes).toBe(1280)
})
