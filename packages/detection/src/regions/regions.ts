// What pooling of regions takes: feature maps and boxes on them.

import { floatingOf, ShapeError, showShape, type Tensor } from '@neurite/tensor'
import { type BoxNumbers, numbersOf } from '../boxes/box-numbers.ts'

/** Height and width, or one number for both. */
export type OutputSize = number | readonly [height: number, width: number]

/** Regions of images: the same number R of each. */
export interface Regions {
  /** [N, C, H, W] */
  readonly features: Tensor
  /** Edges [N, R], in the unit of the features. */
  readonly edges: BoxNumbers
}

/**
 * Feature maps [N, C, H, W] with their boxes, given as [K, 5] (number of the image, x1, y1, x2, y2) or as [N, R, 4].
 *
 * Boxes of the first kind get a copy of their image each: K images of one region. Boxes get no gradient.
 * @throws ShapeError if they do not fit.
 */
export function regionsOf(operation: string, features: Tensor, boxes: Tensor, spatialScale: number): Regions {
  if (features.rank !== 4)
    throw new ShapeError(`${operation}: features must be [N, C, H, W]; got ${showShape(features.shape)}.`)
  const maps: Tensor = features.cast(floatingOf(features.dtype))
  const places: Tensor = boxes.stopGradient().cast(maps.dtype)
  const scaled = (corners: Tensor): BoxNumbers => numbersOf(corners.multiply(spatialScale))
  if (boxes.rank === 2 && boxes.shape[1] === 5) {
    const images: Tensor = places.select(1, 0).cast('int32')
    return { features: maps.take(images, 0), edges: scaled(places.narrow(1, 1, 4).unsqueeze(1)) }
  }
  if (boxes.rank === 3 && boxes.shape[2] === 4 && boxes.shape[0] === features.shape[0])
    return { features: maps, edges: scaled(places) }
  throw new ShapeError(
    `${operation}: boxes must be [K, 5] (number of the image, x1, y1, x2, y2) or, for features ${showShape(features.shape)}, ` +
      `[${features.shape[0]}, R, 4]; got ${showShape(boxes.shape)}.`,
  )
}

/** @throws RangeError unless both sizes are positive integers. */
export function outputSizes(operation: string, size: OutputSize): readonly [height: number, width: number] {
  const sizes = typeof size === 'number' ? ([size, size] as const) : size
  if (sizes.length === 2 && sizes.every((length) => Number.isSafeInteger(length) && length >= 1)) return sizes
  throw new RangeError(`${operation}: outputSize must be a positive integer or two; got ${JSON.stringify(size)}.`)
}
