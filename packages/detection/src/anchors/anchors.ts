export interface AnchorOptions {
  /** Of the feature map, in cells. */
  readonly height: number
  readonly width: number
  /** Pixels of the image from one cell to the next. */
  readonly stride: number
  /** Square roots of their areas, in pixels; the paper's are 128, 256 and 512. */
  readonly scales: readonly number[]
  /** Height over width. Default [0.5, 1, 2]. */
  readonly ratios?: readonly number[]
}

/**
 * Anchors (Ren et al. 2015, "Faster R-CNN", section 3.1.1): boxes of every scale and ratio around the centre of every cell of a feature map.
 * @returns height · width · scales · ratios boxes: row by row, of each cell scale by scale.
 * @throws RangeError if a number is not positive.
 */
export function generateAnchors(options: AnchorOptions): Float32Array {
  const { height, width, stride, scales, ratios = [0.5, 1, 2] } = options
  for (const number of [height, width, stride, ...scales, ...ratios])
    if (!(number > 0)) throw new RangeError(`generateAnchors: sizes must be positive; got ${number}.`)
  const halves = scales.flatMap((scale) =>
    ratios.map((ratio) => [scale / Math.sqrt(ratio) / 2, (scale * Math.sqrt(ratio)) / 2] as const),
  )
  const boxes: number[] = []
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [x, y] = [(column + 0.5) * stride, (row + 0.5) * stride]
      for (const [halfWidth, halfHeight] of halves)
        boxes.push(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight)
    }
  return Float32Array.from(boxes)
}
