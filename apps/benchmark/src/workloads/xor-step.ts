import { SeededValues } from './seeded-values.ts'
import type { Workload } from './workload.ts'

/** So small that nothing but the cost of a call is measured. */
export const xorStep = {
  name: 'xor-step',
  summary: 'training step of a 2-8-1 network on XOR: batch 4, SGD, the loss read at every step',
  make() {
    const seeded = new SeededValues(1)
    return {
      kind: 'training',
      inputs: { shape: [4, 2], data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
      layers: [
        { kind: 'linear', ...seeded.weightAndBias([8, 2]) },
        { kind: 'tanh' },
        { kind: 'linear', ...seeded.weightAndBias([1, 8]) },
      ],
      loss: {
        kind: 'binaryCrossEntropyWithLogits',
        targets: { shape: [4, 1], data: Float32Array.of(0, 1, 1, 0) },
      },
      optimizer: { kind: 'sgd', learningRate: 0.5 },
    }
  },
  checkedRuns: 200,
  tolerance: 1e-3,
  knownLosses: { 1: 0.6941001613, 2: 0.6931099597, 10: 0.6888110508, 100: 0.3298902335, 200: 0.0547282798 },
  runsInOwnProcess: 10_000,
  isFirstSteps: true,
} satisfies Workload
