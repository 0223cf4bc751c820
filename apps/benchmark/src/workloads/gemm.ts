import { SeededValues } from './seeded-values.ts'
import type { Workload } from './workload.ts'

/** Product of two square matrices. */
export function gemm(size: number): Workload {
  return {
    name: `gemm-${size}`,
    summary: `product of two ${size} × ${size} matrices`,
    make() {
      const seeded = new SeededValues(size)
      return {
        kind: 'matmul',
        left: seeded.uniform([size, size], -1, 1),
        right: seeded.uniform([size, size], -1, 1),
      }
    },
    operations: 2 * size ** 3,
    checkedRuns: 1,
    tolerance: 1e-4,
  }
}
