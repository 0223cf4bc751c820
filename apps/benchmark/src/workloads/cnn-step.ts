import { SeededValues } from './seeded-values.ts'
import type { Workload } from './workload.ts'

export const cnnStep: Workload = {
  name: 'cnn-step',
  summary:
    'training step of a CNN on 28 × 28 images: conv 32, pool, conv 64, pool, dense 128, 10; batch 32, Adam, the loss read at every step',
  make() {
    const seeded = new SeededValues(3)
    return {
      kind: 'training',
      inputs: seeded.uniform([32, 1, 28, 28], 0, 1),
      layers: [
        { kind: 'conv2d', ...seeded.weightAndBias([32, 1, 3, 3]) },
        { kind: 'relu' },
        { kind: 'maxPool2d', size: 2 },
        { kind: 'conv2d', ...seeded.weightAndBias([64, 32, 3, 3]) },
        { kind: 'relu' },
        { kind: 'maxPool2d', size: 2 },
        { kind: 'flatten' },
        { kind: 'linear', ...seeded.weightAndBias([128, 64 * 5 * 5]) },
        { kind: 'relu' },
        { kind: 'linear', ...seeded.weightAndBias([10, 128]) },
      ],
      loss: { kind: 'crossEntropy', targets: seeded.integers([32], 10), classes: 10 },
      optimizer: { kind: 'adam', learningRate: 0.001 },
    }
  },
  checkedRuns: 5,
  tolerance: 1e-3,
  knownLosses: { 1: 2.300279766, 2: 2.2361106889, 3: 2.1806843641, 5: 2.1312513182 },
  runsInOwnProcess: 20,
}
