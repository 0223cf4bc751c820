// The workloads' layers in jax-js.

import { lax, nn, numpy as np } from '@jax-js/jax'
import type { Affine, CausalSelfAttentionLayer, Layer, LSTMLayer, Values } from '../workloads/workload.ts'

/** A layer as a function of its parameters. */
export interface JaxStage {
  readonly initial: readonly np.Array[]
  /** Consumes all that it is given. */
  forward(parameters: readonly np.Array[], x: np.Array): np.Array
}

export function stagesOf(layers: readonly Layer[]): JaxStage[] {
  return layers.map(stageOf)
}

export function arrayOf({ shape, data }: Values | Values<Int32Array>): np.Array {
  return np.array(data as Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>).reshape([...shape])
}

function stageOf(layer: Layer): JaxStage {
  switch (layer.kind) {
    case 'linear':
      return affine(layer, (weight, bias, x) => linear(x, weight, bias))
    case 'conv2d':
      return affine(layer, (weight, bias, x) => lax.conv(x, weight, [1, 1], 'VALID').add(bias.reshape([1, -1, 1, 1])))
    case 'maxPool2d':
      return withoutParameters((x) => maxPool(x, layer.size))
    case 'lstm':
      return lastHiddenState(layer)
    case 'embedding':
      return embedding(layer.weight)
    case 'positions':
      return { initial: [arrayOf(layer.weight)], forward: ([weight], x) => x.add(weight!) }
    case 'layerNorm':
      return affine(layer, (weight, bias, x) => nn.standardize(x, -1).mul(weight).add(bias))
    case 'causalSelfAttention':
      return causalSelfAttention(layer)
    case 'residual':
      return residual(stagesOf(layer.layers))
    case 'flatten':
      return withoutParameters((x) => x.reshape([x.shape[0]!, -1]))
    case 'relu':
      return withoutParameters((x) => nn.relu(x))
    case 'tanh':
      return withoutParameters((x) => np.tanh(x))
    case 'gelu':
      return withoutParameters((x) => nn.gelu(x))
  }
}

function withoutParameters(forward: (x: np.Array) => np.Array): JaxStage {
  return { initial: [], forward: (_, x) => forward(x) }
}

function affine(
  { weight, bias }: Affine,
  forward: (weight: np.Array, bias: np.Array, x: np.Array) => np.Array,
): JaxStage {
  return { initial: [arrayOf(weight), arrayOf(bias)], forward: ([w, b], x) => forward(w!, b!, x) }
}

function linear(x: np.Array, weight: np.Array, bias: np.Array): np.Array {
  return np.matmul(x, weight.transpose()).add(bias)
}

/** Windows side by side are axes of their own: faster than `reduceWindow`. */
function maxPool(x: np.Array, size: number): np.Array {
  const [batch, channels, height, width] = x.shape as [number, number, number, number]
  const [rows, columns] = [Math.floor(height / size), Math.floor(width / size)]
  const whole = x.slice([], [], [0, rows * size], [0, columns * size])
  return whole.reshape([batch, channels, rows, size, columns, size]).max([3, 5])
}

function lastHiddenState(layer: LSTMLayer): JaxStage {
  const hiddenSize = layer.hiddenWeight.shape[1]!
  return {
    initial: [layer.inputWeight, layer.hiddenWeight, layer.inputBias, layer.hiddenBias].map(arrayOf),
    forward([inputWeight, hiddenWeight, inputBias, hiddenBias], x) {
      const steps = x.shape[1]!
      // What inputs contribute does not wait for the step before: one product for all steps.
      const projected = linear(x, inputWeight!, inputBias!.add(hiddenBias!))
      const transposed = hiddenWeight!.transpose()
      let hidden: np.Array | undefined
      let cell: np.Array | undefined
      for (let step = 0; step < steps; step++) {
        const fromInput = projected.ref.slice([], step)
        const gates = hidden === undefined ? fromInput : fromInput.add(np.matmul(hidden, transposed.ref))
        const gate = (place: number) => gates.ref.slice([], [place * hiddenSize, (place + 1) * hiddenSize])
        const added = nn.sigmoid(gate(0)).mul(np.tanh(gate(2)))
        cell = cell === undefined ? added : nn.sigmoid(gate(1)).mul(cell).add(added)
        hidden = nn.sigmoid(gate(3)).mul(np.tanh(cell.ref))
        gates.dispose()
      }
      for (const array of [projected, transposed, cell!]) array.dispose()
      return hidden!
    },
  }
}

/** As a product with one-hot rows: a gather has no gradient under `jit`. */
function embedding(values: Values): JaxStage {
  const [vocabulary, features] = values.shape as [number, number]
  return {
    initial: [arrayOf(values)],
    forward([weight], classes) {
      const shape = [...classes.shape, features]
      return np.matmul(nn.oneHot(classes.reshape([-1]), vocabulary), weight!).reshape(shape)
    },
  }
}

function causalSelfAttention({ heads, projection, output }: CausalSelfAttentionLayer): JaxStage {
  return {
    initial: [projection.weight, projection.bias, output.weight, output.bias].map(arrayOf),
    forward([innerWeight, innerBias, outerWeight, outerBias], x) {
      const [batch, time, features] = x.shape as [number, number, number]
      const projected = linear(x, innerWeight!, innerBias!).reshape([batch, time, 3, heads, features / heads])
      const part = (place: number) => projected.ref.slice([], [], place).transpose([0, 2, 1, 3])
      const scores = np.matmul(part(0), part(1).transpose([0, 1, 3, 2])).mul(1 / Math.sqrt(features / heads))
      const attended = np.matmul(nn.softmax(scores.add(laterPositions(time)), -1), part(2))
      projected.dispose()
      return linear(attended.transpose([0, 2, 1, 3]).reshape([batch, time, features]), outerWeight!, outerBias!)
    },
  }
}

/**
 * [time, time]: a large negative number where the key comes after the query, else 0. jax-js' own attention needs helpers of iterators,
 * which Node 20 does not have.
 */
function laterPositions(time: number): np.Array {
  return np.triu(np.ones([time, time]), 1).mul(-1e9)
}

function residual(stages: readonly JaxStage[]): JaxStage {
  return {
    initial: stages.flatMap(({ initial }) => initial),
    forward: (parameters, x) => x.ref.add(throughAll(stages, parameters, x)),
  }
}

/** Stages one after the other; each takes its parameters from the list. */
export function throughAll(stages: readonly JaxStage[], parameters: readonly np.Array[], x: np.Array): np.Array {
  let used = 0
  return stages.reduce((y, stage) => {
    const own = parameters.slice(used, used + stage.initial.length)
    used += own.length
    return stage.forward(own, y)
  }, x)
}
