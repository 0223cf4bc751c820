// The workloads' layers in TensorFlow.js.

import * as tf from '@tensorflow/tfjs'
import type { Affine, CausalSelfAttentionLayer, Layer, LSTMLayer, Values } from '../workloads/workload.ts'

export interface TfjsStage {
  readonly variables: tf.Variable[]
  forward(x: tf.Tensor): tf.Tensor
}

export function stagesOf(layers: readonly Layer[], inputShape: readonly number[]): TfjsStage[] {
  return layers.map((layer, position) => stageOf(layer, flattenedChannels(layers.slice(0, position), inputShape)))
}

export function tensorOf({ shape, data }: Values | Values<Int32Array>): tf.Tensor {
  return tf.tensor(data, [...shape], data instanceof Int32Array ? 'int32' : 'float32')
}

/** How many channels a `flatten` right before has put into rows: channels last, as images lie here. One where there is none. */
function flattenedChannels(before: readonly Layer[], inputShape: readonly number[]): number {
  if (before.at(-1)?.kind !== 'flatten') return 1
  return before.findLast((layer) => layer.kind === 'conv2d')?.weight.shape[0] ?? inputShape[1]!
}

function stageOf(layer: Layer, channels: number): TfjsStage {
  switch (layer.kind) {
    case 'linear':
      return linear(layer, channels)
    case 'conv2d':
      return conv2d(layer)
    case 'maxPool2d':
      return withoutVariables((x) => tf.maxPool(x as tf.Tensor4D, layer.size, layer.size, 'valid'))
    case 'lstm':
      return lastHiddenState(layer)
    case 'embedding':
      return embedding(layer.weight)
    case 'positions':
      return withVariable(layer.weight, (x, weight) => tf.add(x, weight))
    case 'layerNorm':
      return layerNorm(layer)
    case 'causalSelfAttention':
      return causalSelfAttention(layer)
    case 'residual':
      return residual(stagesOf(layer.layers, []))
    case 'flatten':
      return withoutVariables((x) => tf.reshape(x, [x.shape[0]!, -1]))
    case 'relu':
      return withoutVariables((x) => tf.relu(x))
    case 'tanh':
      return withoutVariables((x) => tf.tanh(x))
    case 'gelu':
      return withoutVariables(gelu)
  }
}

function withoutVariables(forward: (x: tf.Tensor) => tf.Tensor): TfjsStage {
  return { variables: [], forward }
}

function withVariable(values: Values, forward: (x: tf.Tensor, variable: tf.Variable) => tf.Tensor): TfjsStage {
  const variable = tf.variable(tensorOf(values))
  return { variables: [variable], forward: (x) => forward(x, variable) }
}

function residual(stages: readonly TfjsStage[]): TfjsStage {
  return {
    variables: stages.flatMap(({ variables }) => variables),
    forward: (x) =>
      tf.add(
        x,
        stages.reduce<tf.Tensor>((y, stage) => stage.forward(y), x),
      ),
  }
}

/** @param channels of the inputs in each place: the weight has them first, here they come last. */
function linear({ weight: weightValues, bias: biasValues }: Affine, channels = 1): TfjsStage {
  const [out] = weightValues.shape
  const weight = tf.tidy(() => {
    const channelsFirst = tf.reshape(tensorOf(weightValues), [out!, channels, -1])
    return tf.variable(tf.reshape(tf.transpose(channelsFirst, [2, 1, 0]), [-1, out!]) as tf.Tensor2D)
  })
  const bias = tf.variable(tensorOf(biasValues))
  return {
    variables: [weight, bias],
    forward(x) {
      // Products of stacks of matrices are slower.
      const rows = tf.reshape(x, [-1, x.shape.at(-1)!]) as tf.Tensor2D
      return tf.reshape(tf.add(tf.matMul(rows, weight), bias), [...x.shape.slice(0, -1), out!])
    },
  }
}

function conv2d({ weight, bias: biasValues }: Affine): TfjsStage {
  const filter = tf.tidy(() => tf.variable(tf.transpose(tensorOf(weight), [2, 3, 1, 0]) as tf.Tensor4D))
  const bias = tf.variable(tensorOf(biasValues))
  return {
    variables: [filter, bias],
    forward: (x) => tf.add(tf.conv2d(x as tf.Tensor4D, filter, 1, 'valid'), bias),
  }
}

function lastHiddenState(layer: LSTMLayer): TfjsStage {
  const transposed = (values: Values) => tf.tidy(() => tf.variable(tf.transpose(tensorOf(values)) as tf.Tensor2D))
  const [inputWeight, hiddenWeight] = [transposed(layer.inputWeight), transposed(layer.hiddenWeight)]
  const [inputBias, hiddenBias] = [tf.variable(tensorOf(layer.inputBias)), tf.variable(tensorOf(layer.hiddenBias))]
  return {
    variables: [inputWeight, hiddenWeight, inputBias, hiddenBias],
    forward(x) {
      const [batch, steps, features] = x.shape as [number, number, number]
      const rows = tf.reshape(tf.transpose(x, [1, 0, 2]), [-1, features]) as tf.Tensor2D
      // What inputs contribute does not wait for the step before: one product for all steps.
      const projected = tf.add(tf.matMul(rows, inputWeight), tf.add(inputBias, hiddenBias))
      const fromInputs = tf.unstack(tf.reshape(projected, [steps, batch, -1])) as tf.Tensor2D[]
      let hidden: tf.Tensor2D | undefined
      let cell: tf.Tensor | undefined
      for (const fromInput of fromInputs) {
        const gates = hidden === undefined ? fromInput : tf.add(fromInput, tf.matMul(hidden, hiddenWeight))
        const [input, forget, candidate, output] = tf.split(gates, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
        const added = tf.mul(tf.sigmoid(input), tf.tanh(candidate))
        cell = cell === undefined ? added : tf.add(tf.mul(tf.sigmoid(forget), cell), added)
        hidden = tf.mul(tf.sigmoid(output), tf.tanh(cell)) as tf.Tensor2D
      }
      return hidden!
    },
  }
}

/** As a product with one-hot rows: the gradient of a gather has no kernel in WebAssembly. */
function embedding(values: Values): TfjsStage {
  const [vocabulary, features] = values.shape as [number, number]
  return withVariable(values, (classes, weight) => {
    const oneHot = tf.cast(tf.oneHot(tf.reshape(classes, [-1]), vocabulary), 'float32') as tf.Tensor2D
    return tf.reshape(tf.matMul(oneHot, weight as tf.Tensor as tf.Tensor2D), [...classes.shape, features])
  })
}

function layerNorm({ weight, bias }: Affine): TfjsStage {
  const [factor, offset] = [tf.variable(tensorOf(weight)), tf.variable(tensorOf(bias))]
  return {
    variables: [factor, offset],
    forward(x) {
      const centred = tf.sub(x, tf.mean(x, -1, true))
      const variance = tf.mean(tf.square(centred), -1, true)
      return tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(variance, 1e-5))), factor), offset)
    },
  }
}

function causalSelfAttention({ heads, projection, output }: CausalSelfAttentionLayer): TfjsStage {
  const [inner, outer] = [linear(projection), linear(output)]
  return {
    variables: [...inner.variables, ...outer.variables],
    forward(x) {
      const [batch, time, features] = x.shape as [number, number, number]
      const [query, key, value] = tf
        .split(inner.forward(x), 3, 2)
        .map((part) => tf.transpose(tf.reshape(part, [batch, time, heads, features / heads]), [0, 2, 1, 3])) as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ]
      const scores = tf.mul(tf.matMul(query, key, false, true), 1 / Math.sqrt(features / heads))
      const attended = tf.matMul(tf.softmax(tf.add(scores, laterPositions(time))), value)
      return outer.forward(tf.reshape(tf.transpose(attended, [0, 2, 1, 3]), [batch, time, features]))
    },
  }
}

/** [time, time]: a large negative number where the key comes after the query, else 0. */
function laterPositions(time: number): tf.Tensor {
  return tf.mul(tf.sub(1, tf.linalg.bandPart(tf.ones([time, time]), -1, 0)), -1e9)
}

function gelu(x: tf.Tensor): tf.Tensor {
  const inner = tf.mul(tf.add(x, tf.mul(tf.mul(tf.square(x), x), 0.044715)), Math.sqrt(2 / Math.PI))
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1))
}
