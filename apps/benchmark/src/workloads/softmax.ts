import { SeededValues } from './seeded-values.ts'
import type { Workload } from './workload.ts'

export const softmax: Workload = {
  name: 'softmax',
  summary: 'softmax of the rows of a 1024 × 1024 matrix',
  make: () => ({ kind: 'softmax', x: new SeededValues(8).uniform([1024, 1024], -4, 4) }),
  checkedRuns: 1,
  tolerance: 1e-5,
}
