// brain.js, plain JavaScript: networks of one kind only, which it trains in its own way.

import brain from 'brain.js'
import type { Layer, TrainingWork, Work } from '../workloads/workload.ts'
import { type Library, type Preparations, prepareWith, type Task } from './library.ts'
import { versionOf } from './version-of.ts'

export function openBrain(): Library {
  return { threads: 1, version: versionOf('brain.js'), prepare: (work: Work) => prepareWith(preparations, work) }
}

const noArithmetic = (): never => {
  throw new Error('brain.js has no arithmetic of arrays')
}

const preparations: Preparations = {
  training: prepareTraining,
  matmul: noArithmetic,
  convolution: noArithmetic,
  elementwiseChain: noArithmetic,
  softmax: noArithmetic,
}

/** What its `train` does with each sample; public in JavaScript, not in its types. */
interface TrainableNetwork {
  initialize(): void
  setActivation(): void
  sizes: number[]
  updateTrainingOptions(options: object): void
  trainPattern(sample: { readonly input: Float32Array; readonly output: Float32Array }, wantsError: true): number
}

function prepareTraining({ inputs, layers, loss, optimizer }: TrainingWork): Task {
  const sizes = [inputs.shape[1]!, ...layers.flatMap(sizeOf)]
  const network = new brain.NeuralNetwork({ hiddenLayers: sizes.slice(1, -1) }) as unknown as TrainableNetwork
  network.sizes = sizes
  network.initialize()
  network.updateTrainingOptions({ learningRate: optimizer.learningRate })
  const samples = Array.from({ length: inputs.shape[0]! }, (_, i) => ({
    input: Float32Array.from(inputs.data.slice(i * sizes[0]!, (i + 1) * sizes[0]!)),
    output:
      loss.kind === 'crossEntropy'
        ? Float32Array.from({ length: loss.classes }, (_, label) => Number(label === loss.targets.data[i]))
        : Float32Array.of(loss.targets.data[i]!),
  }))
  return {
    run() {
      let sum = 0
      for (const sample of samples) sum += network.trainPattern(sample, true)
      return sum / samples.length
    },
    close() {},
    differs: 'SGD with momentum after every sample, on squared errors of sigmoids, from weights of its own',
  }
}

function sizeOf(layer: Layer): number[] {
  switch (layer.kind) {
    case 'linear':
      return [layer.weight.shape[0]!]
    // Its own activation stands in for them.
    case 'relu':
    case 'tanh':
      return []
    default:
      throw new Error(`brain.js has no layer for ${layer.kind}`)
  }
}
