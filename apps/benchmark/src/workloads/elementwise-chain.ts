import { SeededValues } from './seeded-values.ts'
import type { Workload } from './workload.ts'

const size = 2 ** 20

export const elementwiseChain: Workload = {
  name: 'elementwise-chain',
  summary: 'tanh(x · a + b) · sigmoid(x) over 2²⁰ numbers',
  make() {
    const seeded = new SeededValues(4)
    return {
      kind: 'elementwiseChain',
      x: seeded.uniform([size], -4, 4),
      a: seeded.uniform([size], -1, 1),
      b: seeded.uniform([size], -1, 1),
    }
  },
  checkedRuns: 1,
  tolerance: 1e-5,
}
