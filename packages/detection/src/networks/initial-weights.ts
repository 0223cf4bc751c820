import { heNormal, type InitializerOptions, type Parameter } from '@neurite/layers'
import { foldIn, normal, type RandomKey, type Tensor, zeros } from '@neurite/tensor'

interface Weighted {
  readonly weight: Parameter
  readonly bias: Parameter | undefined
}

/** The layer, its weight from N(0, deviation²) and its bias 0: its first answers say little (Girshick 2015, section 2.3). */
export function startSmall<Layer extends object>(layer: Layer, deviation: number, options: InitializerOptions): Layer {
  const { weight, bias } = layer as unknown as Weighted
  weight.assign(normal(weight.shape, { standardDeviation: deviation, ...options }) as Tensor)
  bias?.assign(zeros(bias.shape) as Tensor)
  return layer
}

/** The layer, its weight by He et al. 2015 for the relu behind it and its bias 0: such nets start to learn several times as soon. */
export function startForRelu<Layer extends object>(layer: Layer, options: InitializerOptions): Layer {
  const { weight, bias } = layer as unknown as Weighted
  weight.assign(heNormal(weight.shape, options) as Tensor)
  bias?.assign(zeros(bias.shape) as Tensor)
  return layer
}

/** Options for layer number `place` of a net, with a key of its own where the net has one. */
export function layerOptions(key: RandomKey | undefined, place: number): InitializerOptions {
  return key === undefined ? {} : { key: foldIn(key, place) }
}
