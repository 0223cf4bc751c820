// neurite as its README says to use it: a compiled step for training, a compiled function of variables for the rest.

import {
  Adam,
  binaryCrossEntropyWithLogits,
  Conv2d,
  compile,
  crossEntropy,
  Flatten,
  gradients,
  Linear,
  loadStateDict,
  MaxPool2d,
  type Optimizer,
  parameters,
  relu,
  Sequential,
  SGD,
  type Stage,
  sigmoid,
  type Tensor,
  tanh,
  tensor,
  Variable,
} from 'neurite'
import type { Layer, Loss, TrainingWork, Values, Work } from '../workloads/workload.ts'
import { type Library, type Preparations, prepareWith, type Task } from './library.ts'

export function openNeurite(): Library {
  return { threads: 1, version: 'workspace', prepare: (work: Work) => prepareWith(preparations, work) }
}

const preparations: Preparations = {
  training: prepareTraining,
  matmul({ left, right }) {
    const [l, r] = [resident(left), resident(right)]
    return evaluating(() => l.value.matmul(r.value))
  },
  elementwiseChain(work) {
    const [x, a, b] = [resident(work.x), resident(work.a), resident(work.b)]
    return evaluating(() => tanh(x.value.multiply(a.value).add(b.value)).multiply(sigmoid(x.value)))
  },
}

function evaluating(expression: () => Tensor): Task {
  const compiled = compile(expression)
  return { run: () => compiled().dataSync() as Float32Array, close() {} }
}

function prepareTraining({ inputs, layers, loss, optimizer: { kind, learningRate } }: TrainingWork): Task {
  const network = new Sequential(...layers.map(stageOf))
  loadStateDict(network, weightsOf(layers))
  const optimizer: Optimizer = new { adam: Adam, sgd: SGD }[kind](parameters(network), { learningRate })
  const step = compile((x: Tensor, y: Tensor) => {
    const value = lossOf(loss.kind, network.forward(x), y)
    optimizer.step(gradients(value, parameters(network)))
    return value
  })
  const [x, y] = [tensorOf(inputs), tensorOf(loss.targets)]
  return { run: () => step(x, y).itemSync(), close() {} }
}

function stageOf(layer: Layer): Stage {
  switch (layer.kind) {
    case 'linear': {
      const [out, incoming] = layer.weight.shape
      return new Linear(incoming!, out!)
    }
    case 'conv2d': {
      const [out, incoming, height, width] = layer.weight.shape
      return new Conv2d(incoming!, out!, [height!, width!])
    }
    case 'maxPool2d':
      return new MaxPool2d(layer.size)
    case 'flatten':
      return new Flatten()
    case 'relu':
      return relu
    case 'tanh':
      return tanh
  }
}

function weightsOf(layers: readonly Layer[]): Record<string, Tensor> {
  const weights: Record<string, Tensor> = {}
  for (const [position, layer] of layers.entries()) {
    if (!('weight' in layer)) continue
    weights[`${position}.weight`] = tensorOf(layer.weight)
    weights[`${position}.bias`] = tensorOf(layer.bias)
  }
  return weights
}

function lossOf(kind: Loss['kind'], outputs: Tensor, targets: Tensor): Tensor {
  switch (kind) {
    case 'binaryCrossEntropyWithLogits':
      return binaryCrossEntropyWithLogits(outputs, targets)
    case 'crossEntropy':
      return crossEntropy(outputs, targets)
  }
}

function tensorOf({ shape, data }: Values | Values<Int32Array>): Tensor {
  return tensor(data, { shape })
}

/** Numbers in the memory of the backend, where tfjs has its tensors too. */
function resident(values: Values): Variable {
  return new Variable(tensorOf(values))
}
