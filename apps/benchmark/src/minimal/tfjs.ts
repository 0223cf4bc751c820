// What both backends of TensorFlow.js train: its parts alone, since the package with all of them is three times as large.

import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'

export async function trainXor(backend: string): Promise<void> {
  await tf.setBackend(backend)
  const variables = [
    tf.variable(tf.randomNormal([2, 8])),
    tf.variable(tf.zeros([8])),
    tf.variable(tf.randomNormal([8, 1])),
    tf.variable(tf.zeros([1])),
  ] as const
  const [w1, b1, w2, b2] = variables
  const x = tf.tensor2d([[0, 0], [0, 1], [1, 0], [1, 1]]) // biome-ignore format: as a table
  const y = tf.tensor2d([[0], [1], [1], [0]])
  const optimizer = tf.train.sgd(0.5)
  const lossAt = (): tf.Scalar => {
    const hidden = tf.tanh(tf.add(tf.matMul(x, w1 as tf.Tensor as tf.Tensor2D), b1)) as tf.Tensor2D
    const outputs = tf.add(tf.matMul(hidden, w2 as tf.Tensor as tf.Tensor2D), b2)
    return tf.mean(tf.sub(tf.softplus(outputs), tf.mul(outputs, y)))
  }
  for (let i = 0; i < 1000; i++) tf.dispose(optimizer.minimize(lossAt, true, [...variables])!)
  console.log(lossAt().dataSync()[0])
}
