// Channels of convolution layers: the checks that they share whatever their number of spatial axes.

import { type Shape, ShapeError, showShape, type Tensor } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'

export interface ChannelOptions {
  readonly inChannels: number
  readonly outChannels: number
  readonly groups: number
}

/** @throws RangeError unless all three are positive integers and both numbers of channels are multiples of `groups`. */
export function checkChannels(layer: string, options: ChannelOptions): void {
  for (const [name, value] of Object.entries(options)) checkInteger(layer, name, value)
  const { inChannels, outChannels, groups } = options
  for (const [name, channels] of Object.entries({ inChannels, outChannels }))
    if (channels % groups !== 0)
      throw new RangeError(`${layer}: ${name} is ${channels}, which cannot be split into ${groups} groups.`)
}

/** @throws ShapeError unless `x` is [N, channels, ...spatial] with `spatialRank` spatial axes. */
export function checkChannelInput(layer: string, x: Tensor, expected: { channels: number; spatialRank: number }): void {
  const { channels, spatialRank } = expected
  const shape: Shape = x.shape
  if (shape.length === spatialRank + 2 && shape[1] === channels) return
  const spatial = spatialRank === 1 ? ['length'] : ['depth', 'height', 'width'].slice(-spatialRank)
  const axes = ['N', channels, ...spatial].join(', ')
  const found = shape.length === spatialRank + 2 ? `has ${shape[1]} channels` : `has ${shape.length} axes`
  const fix = shape.length === spatialRank + 1 ? ' Unsqueeze the missing axis?' : ''
  throw new ShapeError(`${layer}: input ${showShape(shape)} ${found}; the layer takes [${axes}].${fix}`)
}
