// The workloads' layers in neurite.

import {
  Conv2d,
  Embedding,
  Flatten,
  LayerNorm,
  Linear,
  LSTM,
  loadStateDict,
  MaxPool2d,
  type Module,
  MultiHeadAttention,
  Parameter,
  Residual,
  Sequential,
  type Stage,
} from '@neurite/layers'
import { gelu, relu, type Tensor, tanh, tensor } from '@neurite/tensor'
import type { CausalSelfAttentionLayer, Layer, LSTMLayer, Values } from '../workloads/workload.ts'

export function stageOf(layer: Layer): Stage {
  switch (layer.kind) {
    case 'linear': {
      const [out, incoming] = layer.weight.shape
      return loaded(new Linear(incoming!, out!), { weight: layer.weight, bias: layer.bias })
    }
    case 'conv2d': {
      const [out, incoming, height, width] = layer.weight.shape
      return loaded(new Conv2d(incoming!, out!, [height!, width!]), { weight: layer.weight, bias: layer.bias })
    }
    case 'maxPool2d':
      return new MaxPool2d(layer.size)
    case 'lstm':
      return new LastHiddenState(layer)
    case 'embedding': {
      const [count, features] = layer.weight.shape
      return loaded(new Embedding(count!, features!), { weight: layer.weight })
    }
    case 'positions':
      return new Positions(layer.weight)
    case 'layerNorm':
      return loaded(new LayerNorm(layer.weight.shape), { weight: layer.weight, bias: layer.bias })
    case 'causalSelfAttention':
      return new CausalSelfAttention(layer)
    case 'residual':
      return new Residual(new Sequential(...layer.layers.map(stageOf)))
    case 'flatten':
      return new Flatten()
    case 'relu':
      return relu
    case 'tanh':
      return tanh
    case 'gelu':
      return (x) => gelu(x, { approximate: 'tanh' })
  }
}

export function tensorOf({ shape, data }: Values | Values<Int32Array>): Tensor {
  return tensor(data, { shape })
}

function loaded<M extends object>(module: M, values: Readonly<Record<string, Values>>): M {
  loadStateDict(module, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, tensorOf(value)])))
  return module
}

class LastHiddenState implements Module {
  readonly lstm: LSTM

  constructor({ inputWeight, hiddenWeight, inputBias, hiddenBias }: LSTMLayer) {
    this.lstm = loaded(new LSTM(inputWeight.shape[1]!, hiddenWeight.shape[1]!, { batchFirst: true }), {
      weight_ih_l0: inputWeight,
      weight_hh_l0: hiddenWeight,
      bias_ih_l0: inputBias,
      bias_hh_l0: hiddenBias,
    })
  }

  forward(x: Tensor): Tensor {
    return this.lstm.forwardWithState(x).hidden.select(0, 0)
  }
}

class Positions implements Module {
  readonly weight: Parameter

  constructor(weight: Values) {
    this.weight = new Parameter(tensorOf(weight))
  }

  forward(x: Tensor): Tensor {
    return x.add(this.weight.value)
  }
}

class CausalSelfAttention implements Module {
  readonly attention: MultiHeadAttention

  constructor({ heads, projection, output }: CausalSelfAttentionLayer) {
    this.attention = loaded(new MultiHeadAttention(projection.weight.shape[1]!, heads, { batchFirst: true }), {
      in_proj_weight: projection.weight,
      in_proj_bias: projection.bias,
      'out_proj.weight': output.weight,
      'out_proj.bias': output.bias,
    })
  }

  forward(x: Tensor): Tensor {
    return this.attention.forward(x, x, x, { isCausal: true })
  }
}
