// TensorFlow.js on its WebAssembly backend, in the fastest form found: layers not fused, since the gradient of a fused one computes it
// twice; the shortest formulas; one-hot classes made beforehand; its own layouts (images [N, H, W, C], weights [in, out] and
// [height, width, in, out]).

import * as tf from '@tensorflow/tfjs'
import { getThreadsCount, setThreadsCount, version_wasm } from '@tensorflow/tfjs-backend-wasm'
import type { Layer, Loss, TrainingWork, Values, Work } from '../workloads/workload.ts'
import { type Library, type Preparations, prepareWith, type Task } from './library.ts'

/** @throws Error if the backend does not start. */
export async function openTfjsWasm(): Promise<Library> {
  tf.enableProdMode()
  setThreadsCount(1)
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs: the WASM backend does not start here')
  await tf.ready()
  return {
    threads: getThreadsCount(),
    version: version_wasm,
    prepare: (work: Work) => prepareWith(preparations, work),
  }
}

const preparations: Preparations = {
  training: prepareTraining,
  matmul({ left, right }) {
    const [l, r] = [tensorOf(left), tensorOf(right)]
    return evaluating([l, r], () => tf.matMul(l as tf.Tensor2D, r as tf.Tensor2D))
  },
  elementwiseChain(work) {
    const [x, a, b] = [tensorOf(work.x), tensorOf(work.a), tensorOf(work.b)]
    return evaluating([x, a, b], () => tf.mul(tf.tanh(tf.add(tf.mul(x, a), b)), tf.sigmoid(x)))
  },
}

function evaluating(inputs: readonly tf.Tensor[], expression: () => tf.Tensor): Task {
  return {
    run() {
      const result = tf.tidy(expression)
      const values = result.dataSync()
      result.dispose()
      return values as Float32Array
    },
    close: () => tf.dispose([...inputs]),
  }
}

function prepareTraining({ inputs, layers, loss, optimizer: { kind, learningRate } }: TrainingWork): Task {
  const images = inputs.shape.length === 4
  const x = images ? tf.tidy(() => tf.transpose(tensorOf(inputs), [0, 2, 3, 1])) : tensorOf(inputs)
  const stages = stagesOf(layers, inputs.shape)
  const variables = stages.flatMap((stage) => stage.variables)
  const lossOf = lossFunction(loss)
  const optimizer = kind === 'adam' ? tf.train.adam(learningRate, 0.9, 0.999, 1e-8) : tf.train.sgd(learningRate)
  const value = (): tf.Scalar => lossOf.value(stages.reduce<tf.Tensor>((y, stage) => stage.forward(y), x))
  return {
    run() {
      const result = optimizer.minimize(value, true, variables)!
      const [read] = result.dataSync()
      result.dispose()
      return read!
    },
    close() {
      optimizer.dispose()
      tf.dispose([x, lossOf.targets, ...variables])
    },
  }
}

interface TfjsStage {
  readonly variables: tf.Variable[]
  forward(x: tf.Tensor): tf.Tensor
}

function stagesOf(layers: readonly Layer[], inputShape: readonly number[]): TfjsStage[] {
  return layers.map((layer, position) => stageOf(layer, flattenedChannels(layers.slice(0, position), inputShape)))
}

/** How many channels a `flatten` right before has put into rows: channels last, as images lie here. One where there is none. */
function flattenedChannels(before: readonly Layer[], inputShape: readonly number[]): number {
  if (before.at(-1)?.kind !== 'flatten') return 1
  return before.findLast((layer) => layer.kind === 'conv2d')?.weight.shape[0] ?? inputShape[1]!
}

function stageOf(layer: Layer, channels: number): TfjsStage {
  switch (layer.kind) {
    case 'linear':
      return linear(layer.weight, layer.bias, channels)
    case 'conv2d':
      return conv2d(layer.weight, layer.bias)
    case 'maxPool2d':
      return withoutVariables((x) => tf.maxPool(x as tf.Tensor4D, layer.size, layer.size, 'valid'))
    case 'flatten':
      return withoutVariables((x) => tf.reshape(x, [x.shape[0]!, -1]))
    case 'relu':
      return withoutVariables((x) => tf.relu(x))
    case 'tanh':
      return withoutVariables((x) => tf.tanh(x))
  }
}

function withoutVariables(forward: (x: tf.Tensor) => tf.Tensor): TfjsStage {
  return { variables: [], forward }
}

/** @param channels of the inputs in each place: the weight has them first, here they come last. */
function linear(weightValues: Values, biasValues: Values, channels: number): TfjsStage {
  const [out] = weightValues.shape
  const weight = tf.tidy(() => {
    const channelsFirst = tf.reshape(tensorOf(weightValues), [out!, channels, -1])
    return tf.variable(tf.reshape(tf.transpose(channelsFirst, [2, 1, 0]), [-1, out!]) as tf.Tensor2D)
  })
  const bias = tf.variable(tensorOf(biasValues))
  return {
    variables: [weight, bias],
    forward: (x) => tf.add(tf.matMul(x as tf.Tensor2D, weight), bias),
  }
}

function conv2d(weightValues: Values, biasValues: Values): TfjsStage {
  const filter = tf.tidy(() => tf.variable(tf.transpose(tensorOf(weightValues), [2, 3, 1, 0]) as tf.Tensor4D))
  const bias = tf.variable(tensorOf(biasValues))
  return {
    variables: [filter, bias],
    forward: (x) => tf.add(tf.conv2d(x as tf.Tensor4D, filter, 1, 'valid'), bias),
  }
}

interface TfjsLoss {
  readonly targets: tf.Tensor
  value(outputs: tf.Tensor): tf.Scalar
}

function lossFunction(loss: Loss): TfjsLoss {
  switch (loss.kind) {
    case 'binaryCrossEntropyWithLogits': {
      const targets = tensorOf(loss.targets)
      return {
        targets,
        // Faster than tf.losses.sigmoidCrossEntropy: fewer operations.
        value: (outputs) => tf.mean(tf.sub(tf.softplus(outputs), tf.mul(outputs, targets))),
      }
    }
    case 'crossEntropy': {
      const targets = tf.tidy(() => tf.cast(tf.oneHot(tensorOf(loss.targets), loss.classes), 'float32'))
      return { targets, value: (outputs) => tf.losses.softmaxCrossEntropy(targets, outputs) }
    }
  }
}

function tensorOf({ shape, data }: Values | Values<Int32Array>): tf.Tensor {
  return tf.tensor(data, [...shape], data instanceof Int32Array ? 'int32' : 'float32')
}
