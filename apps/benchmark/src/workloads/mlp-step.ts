import { SeededValues } from './seeded-values.ts'
import type { Workload } from './workload.ts'

export const mlpStep: Workload = {
  name: 'mlp-step',
  summary: 'training step of a 784-256-128-10 network: batch 64, Adam, the loss read at every step',
  make() {
    const seeded = new SeededValues(2)
    return {
      kind: 'training',
      inputs: seeded.uniform([64, 784], 0, 1),
      layers: [
        { kind: 'linear', ...seeded.weightAndBias([256, 784]) },
        { kind: 'relu' },
        { kind: 'linear', ...seeded.weightAndBias([128, 256]) },
        { kind: 'relu' },
        { kind: 'linear', ...seeded.weightAndBias([10, 128]) },
      ],
      loss: { kind: 'crossEntropy', targets: seeded.integers([64], 10), classes: 10 },
      optimizer: { kind: 'adam', learningRate: 0.001 },
    }
  },
  checkedRuns: 10,
  tolerance: 1e-3,
  knownLosses: { 1: 2.2999979644, 2: 2.2193885524, 5: 2.0805233932, 10: 1.7866858295 },
  runsInOwnProcess: 20,
}
