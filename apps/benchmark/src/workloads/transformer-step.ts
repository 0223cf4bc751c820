import { SeededValues } from './seeded-values.ts'
import type { Layer, Workload } from './workload.ts'

const [batch, context, features, heads, vocabulary] = [16, 64, 64, 4, 96]

/** A small GPT-2: the norm stands before attention and perceptron (Radford et al. 2019, § 2.3). */
export const transformerStep: Workload = {
  name: 'transformer-step',
  summary:
    'training step of a two-layer transformer language model: 64 features, 4 heads, context 64, vocabulary 96; batch 16, Adam, the loss read at every step',
  make() {
    const seeded = new SeededValues(6)
    return {
      kind: 'training',
      inputs: seeded.integers([batch, context], vocabulary),
      layers: [
        { kind: 'embedding', weight: seeded.uniform([vocabulary, features], -0.1, 0.1) },
        { kind: 'positions', weight: seeded.uniform([context, features], -0.1, 0.1) },
        ...block(seeded),
        ...block(seeded),
        layerNorm(),
        { kind: 'linear', ...seeded.weightAndBias([vocabulary, features]) },
      ],
      loss: { kind: 'crossEntropy', targets: seeded.integers([batch, context], vocabulary), classes: vocabulary },
      optimizer: { kind: 'adam', learningRate: 0.001 },
    }
  },
  checkedRuns: 10,
  tolerance: 1e-3,
  knownLosses: { 1: 4.7228395319, 2: 4.6021033944, 5: 4.4159898001, 10: 4.0345430743 },
  runsInOwnProcess: 20,
}

function block(seeded: SeededValues): Layer[] {
  return [
    {
      kind: 'residual',
      layers: [
        layerNorm(),
        {
          kind: 'causalSelfAttention',
          heads,
          projection: seeded.weightAndBias([3 * features, features]),
          output: seeded.weightAndBias([features, features]),
        },
      ],
    },
    {
      kind: 'residual',
      layers: [
        layerNorm(),
        { kind: 'linear', ...seeded.weightAndBias([4 * features, features]) },
        { kind: 'gelu' },
        { kind: 'linear', ...seeded.weightAndBias([features, 4 * features]) },
      ],
    },
  ]
}

function layerNorm(): Layer {
  const filled = (value: number) => ({ shape: [features], data: new Float32Array(features).fill(value) })
  return { kind: 'layerNorm', weight: filled(1), bias: filled(0) }
}
