// TensorFlow.js in the fastest form found: layers not fused, since the gradient of a fused one computes it twice; the shortest formulas;
// one-hot classes made beforehand; its own layouts (images [N, H, W, C], weights [in, out] and [height, width, in, out]).

import * as tf from '@tensorflow/tfjs'
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm'
import type { Loss, TrainingWork, Work } from '../workloads/workload.ts'
import { channelsFirst, type Library, type Preparations, prepareWith, type Result, type Task } from './library.ts'
import { stagesOf, tensorOf } from './tfjs-layers.ts'

/** @throws Error if the backend does not start. */
export async function openTfjs(backend: 'wasm' | 'cpu'): Promise<Library> {
  tf.enableProdMode()
  setThreadsCount(1)
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs: the ${backend} backend does not start here`)
  await tf.ready()
  return {
    threads: 1,
    version: tf.version_core,
    async activate() {
      if (tf.getBackend() !== backend) await tf.setBackend(backend)
    },
    prepare: (work: Work) => prepareWith(preparations, work),
  }
}

const preparations: Preparations = {
  training: prepareTraining,
  matmul({ left, right }) {
    const [l, r] = [tensorOf(left), tensorOf(right)]
    return evaluating([l, r], () => tf.matMul(l as tf.Tensor2D, r as tf.Tensor2D))
  },
  convolution({ images, weight }) {
    const x = tf.tidy(() => tf.transpose(tensorOf(images), [0, 2, 3, 1])) as tf.Tensor4D
    const filter = tf.tidy(() => tf.transpose(tensorOf(weight), [2, 3, 1, 0])) as tf.Tensor4D
    const task = evaluating([x, filter], () => tf.conv2d(x, filter, 1, 'same'))
    const [batch, height, width] = x.shape
    const comparable = (result: Result) =>
      channelsFirst(result as Float32Array, [batch, height, width, weight.shape[0]!])
    return { ...task, comparable }
  },
  elementwiseChain(work) {
    const [x, a, b] = [tensorOf(work.x), tensorOf(work.a), tensorOf(work.b)]
    return evaluating([x, a, b], () => tf.mul(tf.tanh(tf.add(tf.mul(x, a), b)), tf.sigmoid(x)))
  },
  softmax(work) {
    const x = tensorOf(work.x)
    return evaluating([x], () => tf.softmax(x))
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
      const { classes } = loss
      const targets = tf.tidy(() => tf.cast(tf.oneHot(tf.reshape(tensorOf(loss.targets), [-1]), classes), 'float32'))
      return {
        targets,
        value: (outputs) => tf.losses.softmaxCrossEntropy(targets, tf.reshape(outputs, [-1, classes])),
      }
    }
  }
}
