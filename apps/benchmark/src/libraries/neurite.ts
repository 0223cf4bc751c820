// neurite as its README says to use it: a compiled step for training, a compiled function of variables for the rest. Of its packages, those
// that the work needs: what reads data and keeps the books of a training takes its time to load.

import { gradients } from '@neurite/autograd'
import { cpuBackend } from '@neurite/backend-cpu'
import { type Compiled, compile, useBackend } from '@neurite/compiler'
import { parameters, Sequential } from '@neurite/layers'
import { binaryCrossEntropyWithLogits, crossEntropy } from '@neurite/losses'
import { Adam, type Optimizer, SGD } from '@neurite/optimizers'
import { conv2d, sigmoid, softmax, type Tensor, tanh, Variable } from '@neurite/tensor'
import type { Loss, TrainingWork, Values, Work } from '../workloads/workload.ts'
import { type Library, type Preparations, prepareWith, type Task } from './library.ts'
import { stageOf, tensorOf } from './neurite-layers.ts'

export function openNeurite(threads: number): Library {
  const backend = cpuBackend({ threads })
  useBackend(backend)
  return {
    threads,
    version: 'workspace',
    async activate() {
      useBackend(backend)
      const started = await backend.startThreads()
      if (started !== threads) throw new Error(`neurite has ${started} threads here, not ${threads}`)
    },
    prepare: (work: Work) => prepareWith(preparations, work),
  }
}

const preparations: Preparations = {
  training: prepareTraining,
  matmul({ left, right }) {
    const [l, r] = [resident(left), resident(right)]
    return evaluating(() => l.value.matmul(r.value))
  },
  convolution({ images, weight }) {
    const [x, w] = [resident(images), resident(weight)]
    return evaluating(() => conv2d(x.value, w.value, { padding: 1 }))
  },
  elementwiseChain(work) {
    const [x, a, b] = [resident(work.x), resident(work.a), resident(work.b)]
    return evaluating(() => tanh(x.value.multiply(a.value).add(b.value)).multiply(sigmoid(x.value)))
  },
  softmax(work) {
    const x = resident(work.x)
    return evaluating(() => softmax(x.value, -1))
  },
}

function evaluating(expression: () => Tensor): Task {
  const compiled = compile(expression)
  return { run: () => compiled().dataSync() as Float32Array, close() {} }
}

function prepareTraining(work: TrainingWork): Task {
  const { step, x, y } = trainingStep(work)
  return { run: () => step(x, y).itemSync(), close() {} }
}

interface TrainingStep {
  readonly step: Compiled<(x: Tensor, y: Tensor) => Tensor>
  readonly x: Tensor
  readonly y: Tensor
}

/** A compiled step from inputs and targets to the loss, and the batch for it. */
export function trainingStep({ inputs, layers, loss, optimizer: { kind, learningRate } }: TrainingWork): TrainingStep {
  const network = new Sequential(...layers.map(stageOf))
  const optimizer: Optimizer = new { adam: Adam, sgd: SGD }[kind](parameters(network), { learningRate })
  const step = compile((x: Tensor, y: Tensor) => {
    const value = lossOf(loss.kind, network.forward(x), y)
    optimizer.step(gradients(value, parameters(network)))
    return value
  })
  return { step, x: tensorOf(inputs), y: tensorOf(loss.targets) }
}

function lossOf(kind: Loss['kind'], outputs: Tensor, targets: Tensor): Tensor {
  switch (kind) {
    case 'binaryCrossEntropyWithLogits':
      return binaryCrossEntropyWithLogits(outputs, targets)
    case 'crossEntropy':
      return crossEntropy(outputs.reshape([-1, outputs.shape.at(-1)!]), targets.reshape([-1]))
  }
}

/** Numbers in the memory of the backend, where tfjs has its tensors too. */
function resident(values: Values): Variable {
  return new Variable(tensorOf(values))
}
