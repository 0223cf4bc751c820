// Layers that keep statistics, factors and offsets of channels: axis 1 of [N, C, ...].

import { ones, type Shape, ShapeError, showShape, type Tensor, zeros } from '@neurite/tensor'
import { Parameter } from '../parameters.ts'

/** Factors that start from 1 and offsets that start from 0, or neither. */
export interface Affine {
  readonly weight: Parameter<[number], 'float32'> | undefined
  readonly bias: Parameter<[number], 'float32'> | undefined
}

/** One factor and one offset for each of `count` channels, where asked for. */
export function affineOf(count: number, affine: boolean): Affine {
  if (!affine) return { weight: undefined, bias: undefined }
  return { weight: new Parameter(ones([count])), bias: new Parameter(zeros([count])) }
}

/** A vector [C] in a shape that broadcasts with channels of [N, C, ...]. */
export function alongChannels(vector: Tensor, rank: number): Tensor {
  return vector.reshape([-1, ...Array.from({ length: rank - 2 }, () => 1)])
}

/** x · weight + bias, per channel. */
export function transformed(x: Tensor, { weight, bias }: Affine): Tensor {
  const scaled = weight === undefined ? x : x.multiply(alongChannels(weight.value, x.rank))
  return bias === undefined ? scaled : scaled.add(alongChannels(bias.value, x.rank))
}

/** @throws ShapeError unless `x` is [N, channels, ...] with one of the numbers of axes. */
export function checkChannelAxis(
  layer: string,
  x: Tensor,
  expected: { readonly channels: number; readonly ranks: readonly number[] },
): void {
  const shape: Shape = x.shape
  const { channels, ranks } = expected
  if (shape[1] === channels && ranks.includes(shape.length)) return
  const axes = ranks.map((rank) => showAxes(channels, rank)).join(' or ')
  throw new ShapeError(`${layer}: input ${showShape(shape)} does not fit; the layer takes ${axes}.`)
}

function showAxes(channels: number, rank: number): string {
  const spatial = rank === 3 ? ['length'] : ['depth', 'height', 'width'].slice(5 - rank)
  return `[${['N', channels, ...(rank === 2 ? [] : spatial)].join(', ')}]`
}
