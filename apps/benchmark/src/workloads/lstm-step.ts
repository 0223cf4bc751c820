import { SeededValues } from './seeded-values.ts'
import type { Workload } from './workload.ts'

const [batch, steps, features, hidden, classes] = [32, 32, 32, 128, 10]

export const lstmStep: Workload = {
  name: 'lstm-step',
  summary:
    'training step of an LSTM: 32 steps of 32 features, 128 hidden, 10 classes; batch 32, Adam, the loss read at every step',
  make() {
    const seeded = new SeededValues(5)
    // PyTorch draws all four from U(−1/√hidden, 1/√hidden).
    const bound = 1 / Math.sqrt(hidden)
    return {
      kind: 'training',
      inputs: seeded.uniform([batch, steps, features], -1, 1),
      layers: [
        {
          kind: 'lstm',
          inputWeight: seeded.uniform([4 * hidden, features], -bound, bound),
          hiddenWeight: seeded.uniform([4 * hidden, hidden], -bound, bound),
          inputBias: seeded.uniform([4 * hidden], -bound, bound),
          hiddenBias: seeded.uniform([4 * hidden], -bound, bound),
        },
        { kind: 'linear', ...seeded.weightAndBias([classes, hidden]) },
      ],
      loss: { kind: 'crossEntropy', targets: seeded.integers([batch], classes), classes },
      optimizer: { kind: 'adam', learningRate: 0.001 },
    }
  },
  checkedRuns: 10,
  tolerance: 1e-3,
  knownLosses: { 1: 2.3016996448, 2: 2.2875771996, 5: 2.244504947, 10: 2.1624007291 },
  runsInOwnProcess: 20,
}
