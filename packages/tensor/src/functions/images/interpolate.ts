import type { DType, Floating } from '../../dtype.ts'
import { floatingOf } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import { tensor } from '../../from-data.ts'
import type { AnyShape, Shape } from '../../shape.ts'
import type { PerAxis } from '../../shape-types/convolution.ts'
import type { Tensor } from '../../tensor.ts'
import { spatialList } from '../spatial-axes.ts'
import { centredPlaces, cornerPlaces, nearestPlaces, type Places, type Resizing } from './sampling.ts'

export interface InterpolateOptions {
  /** New sizes of the spatial axes. */
  readonly size?: PerAxis
  /** Instead of `size`: the factors by which they grow; sizes are rounded down. */
  readonly scaleFactor?: PerAxis
  /** 'nearest' (default) repeats elements; 'linear' weighs neighbours: bilinear for images, trilinear for volumes. */
  readonly mode?: 'nearest' | 'linear'
  /** Of 'linear': whether the corners stay what they are. Default false: elements are areas, whose outer edges stay. */
  readonly alignCorners?: boolean
}

/**
 * Signals, images or volumes in another size: x [N, C, ...spatial] → [N, C, ...size].
 * @throws ShapeError if there are no spatial axes, or the new size is not given once and positive.
 */
export function interpolate<D extends DType>(
  x: Tensor<Shape, D>,
  options: InterpolateOptions,
): Tensor<AnyShape, Floating<D>> {
  const { mode = 'nearest', alignCorners = false } = options
  if (x.rank < 3) throw new ShapeError(`interpolate: takes [N, C, ...spatial], not ${showShape(x.shape)}.`)
  return resizings(x.shape, options).reduce<Tensor>(
    (resized, resizing, i) => {
      if (mode === 'nearest') return sampled(resized, nearestPlaces(resizing), i + 2)
      const places = alignCorners ? cornerPlaces(resizing) : centredPlaces(resizing)
      return weighted(resized, places, i + 2)
    },
    x.cast(floatingOf(x.dtype)),
  )
}

function resizings(shape: Shape, { size, scaleFactor }: InterpolateOptions): readonly Resizing[] {
  const lengths = shape.slice(2)
  const perAxis = spatialList('interpolate', lengths.length)
  if ((size === undefined) === (scaleFactor === undefined))
    throw new ShapeError('interpolate: needs either size or scaleFactor.')
  const factors = scaleFactor === undefined ? undefined : perAxis('scaleFactor', scaleFactor)
  const sizes =
    factors === undefined ? perAxis('size', size!) : factors.map((factor, i) => Math.floor(lengths[i]! * factor))
  if (sizes.some((length) => !Number.isInteger(length) || length < 1) || lengths.includes(0))
    throw new ShapeError(`interpolate: cannot resize ${showShape(lengths)} to ${showShape(sizes)}.`)
  return sizes.map((to, i) => {
    const from = lengths[i]!
    const factor =
      factors === undefined ? { numerator: to, denominator: from } : { numerator: factors[i]!, denominator: 1 }
    return { from, to, factor }
  })
}

/** The elements at whole places. */
function sampled(x: Tensor, places: Places, axis: number): Tensor {
  return x.take(tensor(Int32Array.from(places)) as Tensor, axis)
}

/** Elements on both sides of each place, weighted by their nearness. */
function weighted(x: Tensor, places: Places, axis: number): Tensor {
  const last: number = x.shape[axis] - 1
  const left = places.map((place) => Math.min(Math.floor(place), last))
  const nearness = places.map((place, i) => Math.min(place, last) - left[i]!)
  const beside = left.map((place) => Math.min(place + 1, last))
  const weight: Tensor = tensor(Float64Array.from(nearness)) as Tensor
  const alongAxis = weight.cast(x.dtype).reshape([places.length, ...x.shape.slice(axis + 1).map(() => 1)])
  const before = sampled(x, left, axis)
  return sampled(x, beside, axis).subtract(before).multiply(alongAxis).add(before)
}
