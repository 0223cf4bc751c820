import { Conv2d, type InitializerOptions, MaxPool2d, type Module, Sequential } from '@neurite/layers'
import { relu } from '@neurite/tensor'
import type { Backbone } from './backbone.ts'
import { layerOptions, startForRelu } from './initial-weights.ts'

const channels = 32

/** A backbone for small images of simple things, such as `drawScenes` draws: four convolutions, of stride 4 in all, to 32 channels. */
export function smallBackbone({ key }: InitializerOptions = {}): Backbone {
  const features = new Sequential(
    startForRelu(new Conv2d(3, 16, 5, { stride: 2, padding: 2 }), layerOptions(key, 0)),
    relu,
    startForRelu(new Conv2d(16, channels, 3, { padding: 1 }), layerOptions(key, 1)),
    relu,
    new MaxPool2d(2),
    startForRelu(new Conv2d(channels, channels, 3, { padding: 1 }), layerOptions(key, 2)),
    relu,
    startForRelu(new Conv2d(channels, channels, 3, { padding: 1 }), layerOptions(key, 3)),
    relu,
  )
  return { features: features as Module, channels, stride: 4 }
}
