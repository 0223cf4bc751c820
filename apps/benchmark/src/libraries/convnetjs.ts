// ConvNetJS, plain JavaScript on float64 arrays: one sample after the other, the gradients of a batch added up by its trainer.

import convnetjs, { type Layer as ConvNetLayer, type Net, type Vol } from 'convnetjs'
import type { Layer, Loss, Optimizer, TrainingWork, Values, Work } from '../workloads/workload.ts'
import { channelsFirst, type Library, type Preparations, prepareWith, type Result, type Task } from './library.ts'
import { versionOf } from './version-of.ts'

export function openConvnetjs(): Library {
  return { threads: 1, version: versionOf('convnetjs'), prepare: (work: Work) => prepareWith(preparations, work) }
}

const preparations: Preparations = {
  training: prepareTraining,
  matmul: () => unable('has no product of matrices'),
  elementwiseChain: () => unable('has no arithmetic of arrays'),
  convolution({ images, weight }) {
    const [channels, , height, width] = weight.shape as [number, number, number, number]
    const size = images.shape[2]!
    const definition = { type: 'conv', sx: width, sy: height, filters: channels, stride: 1, pad: 1, bias_pref: 0 }
    const layer = netOf([inputDefinition(images.shape), definition]).layers[1]!
    setFilters(layer, weight)
    const samples = samplesOf(images)
    return {
      run() {
        const places = size * size * channels
        const result = new Float32Array(samples.length * places)
        samples.forEach((sample, i) => {
          result.set(layer.forward(sample).w, i * places)
        })
        return result
      },
      comparable: (result: Result) => channelsFirst(result as Float32Array, [samples.length, size, size, channels]),
      close() {},
    }
  },
  softmax({ x }) {
    const [rows, columns] = x.shape as [number, number]
    const layer = new convnetjs.SoftmaxLayer({ in_sx: 1, in_sy: 1, in_depth: columns, num_classes: columns })
    const samples = samplesOf(x)
    return {
      run() {
        const result = new Float32Array(rows * columns)
        samples.forEach((sample, row) => {
          result.set(layer.forward(sample).w, row * columns)
        })
        return result
      },
      close() {},
    }
  },
}

function unable(reason: string): never {
  throw new Error(`ConvNetJS ${reason}`)
}

function prepareTraining({ inputs, layers, loss, optimizer }: TrainingWork): Task {
  const net = netOf([inputDefinition(inputs.shape), ...layers.flatMap(definitionsOf)])
  setWeights(net, layers)
  net.layers.push(lossLayer(loss))
  const samples = samplesOf(inputs)
  const trainer = new convnetjs.Trainer(net, { ...trainerOptions(optimizer), batch_size: samples.length })
  const targets = [...loss.targets.data]
  return {
    run() {
      let sum = 0
      for (let i = 0; i < samples.length; i++) sum += trainer.train(samples[i]!, targets[i]).cost_loss
      return sum / samples.length
    },
    close() {},
    ...(optimizer.kind === 'adam' ? { differs: 'updates by Adagrad: ConvNetJS has no Adam' } : {}),
  }
}

function trainerOptions({ kind, learningRate }: Optimizer): Readonly<Record<string, unknown>> {
  return { method: kind === 'sgd' ? 'sgd' : 'adagrad', learning_rate: learningRate, momentum: 0 }
}

function netOf(definitions: readonly Readonly<Record<string, unknown>>[]): Net {
  const net = new convnetjs.Net()
  net.makeLayers(definitions)
  return net
}

function inputDefinition([, depth, height = 1, width = 1]: readonly number[]): Readonly<Record<string, unknown>> {
  return { type: 'input', out_sx: width, out_sy: height, out_depth: depth }
}

function definitionsOf(layer: Layer): Readonly<Record<string, unknown>>[] {
  switch (layer.kind) {
    case 'linear':
      return [{ type: 'fc', num_neurons: layer.weight.shape[0] }]
    case 'conv2d': {
      const [filters, , sy, sx] = layer.weight.shape
      return [{ type: 'conv', sx, sy, filters, stride: 1, pad: 0 }]
    }
    case 'maxPool2d':
      return [{ type: 'pool', sx: layer.size, stride: layer.size }]
    case 'relu':
    case 'tanh':
      return [{ type: layer.kind }]
    case 'flatten':
      return []
    default:
      return unable(`has no layer for ${layer.kind}`)
  }
}

function setWeights(net: Net, layers: readonly Layer[]): void {
  const affine = layers.filter((layer) => layer.kind === 'linear' || layer.kind === 'conv2d')
  const own = net.layers.filter(({ layer_type }) => layer_type === 'fc' || layer_type === 'conv')
  own.forEach((layer, i) => {
    const isAfterImages = layer.layer_type === 'fc' && own[i - 1]?.layer_type === 'conv'
    setFilters(layer, affine[i]!.weight, isAfterImages ? own[i - 1]!.filters!.length : 1)
    layer.biases!.w.set(affine[i]!.bias.data)
  })
}

/** A weight [out, channels, height, width], or [out, in] where `in` may hold images, to filters with the channels last. */
function setFilters({ filters }: ConvNetLayer, { shape, data }: Values, imageChannels = 1): void {
  const channels = shape.length === 4 ? shape[1]! : imageChannels
  const size = data.length / shape[0]!
  const places = size / channels
  filters!.forEach(({ w }, out) => {
    for (let i = 0; i < size; i++) w[(i % places) * channels + Math.floor(i / places)] = data[out * size + i]!
  })
}

function samplesOf({ shape, data }: Values | Values<Int32Array>): Vol[] {
  const [count, depth, height = 1, width = 1] = shape as [number, number, number?, number?]
  const places = height * width
  return Array.from({ length: count }, (_, sample) => {
    const vol = new convnetjs.Vol(width, height, depth, 0)
    for (let i = 0; i < depth * places; i++)
      vol.w[(i % places) * depth + Math.floor(i / places)] = data[sample * depth * places + i]!
    return vol
  })
}

/** Its softmax layer, or the cross-entropy of a sigmoid, which it lacks, as a layer of one's own. */
function lossLayer(loss: Loss): ConvNetLayer {
  if (loss.kind === 'crossEntropy') {
    const options = { in_sx: 1, in_sy: 1, in_depth: loss.classes, num_classes: loss.classes }
    return new convnetjs.SoftmaxLayer(options) as ConvNetLayer
  }
  let outputs: Vol
  return {
    layer_type: 'loss',
    forward: (x) => {
      outputs = x
      return x
    },
    backward(target) {
      const [logit, probability] = [outputs.w[0]!, target as number]
      outputs.dw.fill(1 / (1 + Math.exp(-logit)) - probability)
      return Math.max(logit, 0) - logit * probability + Math.log1p(Math.exp(-Math.abs(logit)))
    },
    getParamsAndGrads: () => [],
  }
}
