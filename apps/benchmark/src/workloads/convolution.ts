import { SeededValues } from './seeded-values.ts'
import type { Workload } from './workload.ts'

const [batch, size, channels, window] = [8, 56, 64, 3]

export const convolution: Workload = {
  name: 'convolution',
  summary: 'convolution of 8 images of 56 × 56 with 64 channels, windows 3 × 3, to 64 channels',
  make() {
    const seeded = new SeededValues(7)
    return {
      kind: 'convolution',
      images: seeded.uniform([batch, channels, size, size], -1, 1),
      weight: seeded.uniform([channels, channels, window, window], -0.1, 0.1),
    }
  },
  operations: 2 * batch * size ** 2 * channels ** 2 * window ** 2,
  checkedRuns: 1,
  tolerance: 1e-4,
}
