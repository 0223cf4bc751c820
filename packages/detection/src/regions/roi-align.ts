import { type AnyShape, type DType, type Floating, iota, type Shape, type Tensor, zerosLike } from '@neurite/tensor'
import { type OutputSize, outputSizes, regionsOf } from './regions.ts'

export interface RoIAlignOptions {
  /** Bins of a region. */
  readonly outputSize: OutputSize
  /** Factor from the unit of the boxes to that of the features: 1 / stride. Default 1. */
  readonly spatialScale?: number
  /** Samples of a bin along each axis; 0 or less: as many as it covers cells, rounded up. Default −1. */
  readonly samplingRatio?: number
  /**
   * Whether cell i has its centre at i + ½ of the box's coordinates, as it should; else at i, and a region is at least 1 wide and high,
   * as in Mask R-CNN's first version. Default false, as in torchvision.
   */
  readonly aligned?: boolean
}

/**
 * Means of bilinear samples in a grid of bins over each region (He et al. 2017, "Mask R-CNN", section 3).
 *
 * features [N, C, H, W] and boxes [K, 5] (number of the image, x1, y1, x2, y2) → [K, C, ...outputSize]; or boxes [N, R, 4], as many for
 * each image, → [N · R, C, ...outputSize]. Samples more than a cell outside of the map count as 0. The gradient goes to the features only.
 *
 * A sample's weight is a product of one for its row and one for its column, so the regions are two products of matrices.
 * @throws ShapeError if the shapes do not fit, RangeError if a size is no positive integer.
 */
export function roiAlign<D extends DType>(
  features: Tensor<Shape, D>,
  boxes: Tensor,
  options: RoIAlignOptions,
): Tensor<AnyShape, Floating<D>> {
  const { spatialScale = 1, samplingRatio = -1, aligned = false } = options
  const [rows, columns] = outputSizes('roiAlign', options.outputSize)
  if (!Number.isInteger(samplingRatio))
    throw new RangeError(`roiAlign: samplingRatio must be an integer; got ${samplingRatio}.`)
  const regions = regionsOf('roiAlign', features as Tensor, boxes, spatialScale)
  const [x1, y1, x2, y2] = regions.edges
  const [images, channels, height, width] = regions.features.shape
  const weights = aligned
    ? { samplingRatio, shift: 0.5, least: Number.NEGATIVE_INFINITY }
    : { samplingRatio, shift: 0, least: 1 }
  const ofRows = binWeights({ start: y1, end: y2, bins: rows, cells: height }, weights)
  const ofColumns = binWeights({ start: x1, end: x2, bins: columns, cells: width }, weights)
  // [N, R, P, H] × [N, C, H, W] → [N, R, P, C, W]; × [N, R, Q, W] → [N, R, P, C, Q].
  const inRows: Tensor = ofRows.contract(regions.features, { batch: [[0, 0]], over: [[3, 2]] })
  const inBins: Tensor = inRows.contract(ofColumns, {
    batch: [
      [0, 0],
      [1, 1],
    ],
    over: [[4, 3]],
  })
  const perRegion = images * x1.shape[1]
  return inBins.permute([0, 1, 3, 2, 4]).reshape([perRegion, channels, rows, columns]) as Tensor<AnyShape, never>
}

/** Regions along one axis of their maps. */
interface Extents {
  /** [N, R] */
  readonly start: Tensor
  readonly end: Tensor
  readonly bins: number
  readonly cells: number
}

interface Sampling {
  readonly samplingRatio: number
  readonly shift: number
  readonly least: number
}

/** How much each cell counts in each bin: [N, R, bins, cells]. */
function binWeights({ start, end, bins, cells }: Extents, { samplingRatio, shift, least }: Sampling): Tensor {
  const from: Tensor = start.subtract(shift)
  const whole: Tensor = end.subtract(shift).subtract(from)
  const length: Tensor = Number.isFinite(least) ? whole.maximum(least) : whole
  const bin: Tensor = length.divide(bins).reshape([...start.shape, 1, 1, 1])
  const binNumbers: Tensor = iota([bins, 1, 1], 0, start.dtype)
  const cellNumbers: Tensor = iota([cells], 0, start.dtype)
  const binStart: Tensor = from.reshape([...start.shape, 1, 1, 1]).add(binNumbers.multiply(bin))
  const samples = samplingRatio > 0 ? fixedSamples(samplingRatio, bin) : adaptiveSamples(bin, binStart, cellNumbers)
  // In torchvision's order of operations: whether a sample lies just on the map or off it is decided alike.
  const place: Tensor = binStart.add(samples.numbers.add(0.5).multiply(bin).divide(samples.perBin))
  const isInside: Tensor = samples.exists.and(place.greaterEqual(-1)).and(place.lessEqual(cells))
  const nearness = place
    .clamp({ min: 0, max: Math.max(0, cells - 1) })
    .subtract(cellNumbers)
    .absolute()
    .negate()
    .add(1)
  const weights: Tensor = isInside.choose(nearness.maximum(0), 0)
  return weights.sum(-2).divide(samples.perBin.reshape([...start.shape, 1, 1]))
}

/** Samples of bins, broadcast to [N, R, bins, samples, cells]. */
interface Samples {
  readonly numbers: Tensor
  readonly exists: Tensor
  /** How many the bins of a region have, at least 1: [N, R, 1, 1, 1]. */
  readonly perBin: Tensor
}

function fixedSamples(ratio: number, bin: Tensor): Samples {
  const numbers: Tensor = iota([ratio, 1], 0, bin.dtype)
  return { numbers, exists: numbers.greaterEqual(0), perBin: zerosLike(bin).add(ratio) }
}

/**
 * ⌈bin⌉ samples. Their number depends on the values, so a graph cannot list them all; but as they are more than half a cell apart where
 * there are several, fewer than 6 lie within 1 of a cell's centre, which is as far as it counts, and which they are is computed.
 */
function adaptiveSamples(bin: Tensor, binStart: Tensor, cells: Tensor): Samples {
  const present: Tensor = bin.ceil()
  const perBin: Tensor = present.maximum(1)
  const first: Tensor = cells.subtract(1).subtract(binStart).divide(bin.divide(perBin)).subtract(0.5).floor()
  const numbers = first.maximum(0).add(iota([mostSamplesAtCell, 1], 0, bin.dtype))
  return { numbers, exists: numbers.less(present), perBin }
}

const mostSamplesAtCell = 6
