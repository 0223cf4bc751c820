import type { MultiLayerPerceptron } from '../multi-layer-perceptron/multi-layer-perceptron.ts'
import type { PlaneNet } from './plane-net.ts'

/**
 * The weights of a trained net with hard limiters in the place of sigmoid nodes: the limit for ever larger weights.
 * @throws RangeError if the net has not two inputs, or shortcuts.
 */
export function hardenedNet(net: MultiLayerPerceptron): PlaneNet {
  if (net.shortcuts || net.sizes[0] !== 2)
    throw new RangeError('hardenedNet: takes nets of two inputs without shortcuts.')
  return net.layers.map(({ weights, offsets }) => ({
    weights: weights.toArraySync() as number[][],
    offsets: [...offsets.dataSync()],
    nodes: 'hard limiter' as const,
  }))
}
