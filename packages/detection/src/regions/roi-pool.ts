import { type AnyShape, type DType, type Floating, iota, type Shape, sizeOf, type Tensor } from '@neurite/tensor'
import { type OutputSize, outputSizes, regionsOf } from './regions.ts'

export interface RoIPoolOptions {
  /** Bins of a region. */
  readonly outputSize: OutputSize
  /** Factor from the unit of the boxes to that of the features: 1 / stride. Default 1. */
  readonly spatialScale?: number
}

/**
 * The largest element of each of a grid of bins over each region (Girshick 2015, "Fast R-CNN", section 2.1).
 *
 * features [N, C, H, W] and boxes [K, 5] (number of the image, x1, y1, x2, y2) → [K, C, ...outputSize]; or boxes [N, R, 4], as many for
 * each image, → [N · R, C, ...outputSize]. Edges are rounded to cells, which they include, halves away from 0; bin i of a region of h cells has those from
 * ⌊i · h / bins⌋ to ⌈(i + 1) · h / bins⌉, as far as they lie on the map; a bin without any is 0. The gradient goes to the first of the largest elements.
 * @throws ShapeError if the shapes do not fit, RangeError if a size is no positive integer.
 */
export function roiPool<D extends DType>(
  features: Tensor<Shape, D>,
  boxes: Tensor,
  options: RoIPoolOptions,
): Tensor<AnyShape, Floating<D>> {
  const [rows, columns] = outputSizes('roiPool', options.outputSize)
  const regions = regionsOf('roiPool', features as Tensor, boxes, options.spatialScale ?? 1)
  const maps = regions.features
  const [images, channels, height, width] = maps.shape
  const [x1, y1, x2, y2] = regions.edges
  const inRow = binCells({ start: y1, end: y2, bins: rows, cells: height })
  const inColumn = binCells({ start: x1, end: x2, bins: columns, cells: width })
  // Axes: image, region, channel, then cells and bins. First the largest of each row of a bin, then of those: where several are equal, the
  // first row's first one, as in PyTorch. Only where they are is computed: the gradient then has one place to go to.
  const values: Tensor = maps.stopGradient().reshape([images, 1, channels, height, 1, width])
  const candidates: Tensor = inColumn.unsqueeze(2).unsqueeze(2).choose(values, Number.NEGATIVE_INFINITY)
  const inRows: Tensor = candidates.max(-1).transpose(-2, -1).unsqueeze(3)
  const row: Tensor = inRow.unsqueeze(2).unsqueeze(4).choose(inRows, Number.NEGATIVE_INFINITY).argMax(-1)
  const column: Tensor = candidates.argMax(-1).takeAlongAxis(row, 3)
  const map: Tensor = iota([images, 1, channels, 1, 1], 0)
    .multiply(channels)
    .add(iota([channels, 1, 1], 0))
  const place: Tensor = map.multiply(height).add(row).multiply(width).add(column)
  const hasCells: Tensor = inRow.any(-1).unsqueeze(-1).and(inColumn.any(-1).unsqueeze(-2)).unsqueeze(2)
  const largest: Tensor = maps.reshape([sizeOf(maps.shape)]).take(place, 0)
  const perRegion = images * x1.shape[1]
  return hasCells.choose(largest, 0).reshape([perRegion, channels, rows, columns]) as Tensor<AnyShape, never>
}

/** Which cells of its map each bin of each region has, along one axis: edges [N, R] → bool [N, R, bins, cells]. */
function binCells(extents: { start: Tensor; end: Tensor; bins: number; cells: number }): Tensor {
  const { bins, cells } = extents
  const [first, last] = [extents.start, extents.end].map((edge) => roundedAway(edge).unsqueeze(-1)) as [Tensor, Tensor]
  const length: Tensor = last.subtract(first).add(1).maximum(1)
  const bin: Tensor = iota([bins], 0)
  // In integers: a quotient rounded up by an ulp would add a row of cells.
  const start: Tensor = first.add(bin.multiply(length).floorDivide(bins))
  const stop: Tensor = first.subtract(bin.add(1).multiply(length).negate().floorDivide(bins))
  const cell: Tensor = iota([cells], 0)
  return cell.greaterEqual(start.unsqueeze(-1)).and(cell.less(stop.unsqueeze(-1)))
}

/** To the nearest integer, halves away from 0, as C's `round` does. */
function roundedAway(x: Tensor): Tensor {
  return x.sign().multiply(x.absolute().add(0.5).floor()).cast('int32')
}
