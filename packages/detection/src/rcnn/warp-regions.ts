import { ShapeError, showShape, type Tensor } from '@neurite/tensor'
import { type BoxNumbers, checkBoxes, joinNumbers, numbersOf } from '../boxes/box-numbers.ts'
import { roiAlign } from '../regions/roi-align.ts'

export interface WarpOptions {
  /** Height and width of what regions become, in pixels. */
  readonly size: number
  /** Pixels of it around the region on each side that show what is beside. The paper has 16 of 227. Default 0. */
  readonly context?: number
}

/**
 * Regions as images of one size, whatever their shape (Girshick et al. 2014, appendix A, "warp").
 *
 * images [N, C, H, W] and regions [N, R, 4] → [N · R, C, size, size], each pixel a bilinear sample; 0, the mean of normalized images, beyond the image.
 * @throws ShapeError if shapes do not fit, RangeError if the context leaves nothing.
 */
export function warpRegions(images: Tensor, regions: Tensor, { size, context = 0 }: WarpOptions): Tensor {
  checkBoxes('warpRegions', regions, 'regions')
  if (regions.rank !== 3)
    throw new ShapeError(`warpRegions: regions must be [N, R, 4]; got ${showShape(regions.shape)}.`)
  if (!(context >= 0 && 2 * context < size))
    throw new RangeError(`warpRegions: context must be at least 0 and less than half of size ${size}; got ${context}.`)
  // The box grows so that it fills what the context leaves.
  const growth = context / (size - 2 * context)
  const [x1, y1, x2, y2] = numbersOf(regions)
  const [right, down] = [x2.subtract(x1).multiply(growth), y2.subtract(y1).multiply(growth)]
  const grown: BoxNumbers = [x1.subtract(right), y1.subtract(down), x2.add(right), y2.add(down)]
  return roiAlign(images, joinNumbers(grown), { outputSize: size, samplingRatio: 1, aligned: true })
}
