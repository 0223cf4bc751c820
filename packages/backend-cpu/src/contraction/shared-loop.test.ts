import fc from 'fast-check'
import { expect, test } from 'vitest'
import { affine } from '../test/both-backends.ts'
import { matrices, product } from '../test/products.ts'
import { contractionOf, resultsOfPlan } from '../test/run-plans.ts'
import { planContraction } from './plan.ts'
import { cutForThreads } from './shared-loop.ts'

/** Threads are worth it for anything. */
const eager = { nanosecondsPerThread: 1, threads: 2 }

test('sums are the same to the bit, however many blocks threads share', () => {
  const extent = fc.integer({ min: 1, max: 70 })
  const depth = fc.oneof(extent, fc.integer({ min: 380, max: 900 }))
  const lies = fc.constantFrom('by rows', 'by columns')
  fc.assert(
    fc.property(extent, extent, depth, lies, lies, (m, n, k, leftLies, rightLies) => {
      const program = product({ rows: [m], columns: [n], depth: [k] }, ...matrices(m, n, k, leftLies, rightLies))
      const plan = planContraction(contractionOf(program))
      const cut = cutForThreads(plan, eager)
      expect(cut).toMatchObject({ product: plan.product, depth: plan.depth })
      expect(resultsOfPlan(program, cut)).toEqual(resultsOfPlan(program, plan))
    }),
    { numRuns: 60 },
  )
})

test('rows of which one thread takes a single block are cut for several', () => {
  const plan = planContraction(contractionOf(productOf(1024, 64, 256)))
  expect(plan.rows.count).toBe(1)
  const sharing = { nanosecondsPerThread: 20_000, threads: 2 }
  expect(cutForThreads(plan, sharing).rows.count).toBeGreaterThanOrEqual(4)
  expect(cutForThreads(plan, { ...sharing, threads: 1 })).toBe(plan)
})

test('what is small, or has many products side by side, keeps its blocks', () => {
  const small = planContraction(contractionOf(productOf(64, 64, 16)))
  expect(cutForThreads(small, { nanosecondsPerThread: 20_000, threads: 2 })).toBe(small)
  const many = { batch: [64], rows: [64], columns: [64], depth: [16] }
  const [left, right] = [
    { size: 64 ** 2 * 16, index: affine([1024, 16, 0, 1]) },
    { size: 64 ** 2 * 16, index: affine([1024, 0, 1, 64]) },
  ]
  const plan = planContraction(contractionOf(product(many, left, right)))
  expect(cutForThreads(plan, eager)).toBe(plan)
})

function productOf(m: number, n: number, k: number) {
  return product({ rows: [m], columns: [n], depth: [k] }, ...matrices(m, n, k, 'by rows', 'by rows'))
}
