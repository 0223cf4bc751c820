import type { BoxArray } from '../boxes/box-array.ts'
import type { ColourImage } from './colour-image.ts'

/** Red, green and blue, from 0 to 255. */
export type FrameColour = readonly [red: number, green: number, blue: number]

export interface DrawDetectionsOptions {
  /** Pixels along each axis that a pixel becomes, so that frames are thin beside it. Default 4. */
  readonly scale?: number
  /** Of class 1, 2, …; they come again where there are more classes. */
  readonly colours?: readonly [FrameColour, ...FrameColour[]]
}

const classColours = [
  [255, 60, 60],
  [60, 220, 60],
  [70, 120, 255],
  [255, 210, 40],
  [230, 80, 230],
  [60, 220, 230],
] as const

/** The image enlarged, with a frame in the colour of its class around each detection. */
export function drawDetections(
  image: ColourImage,
  { boxes, classes }: { readonly boxes: BoxArray; readonly classes: ArrayLike<number> },
  { scale = 4, colours = classColours }: DrawDetectionsOptions = {},
): ColourImage {
  if (!Number.isSafeInteger(scale) || scale < 1)
    throw new RangeError(`drawDetections: scale must be a positive integer; got ${scale}.`)
  const [width, height] = [image.width * scale, image.height * scale]
  const data = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = 3 * (Math.floor(y / scale) * image.width + Math.floor(x / scale))
      for (let c = 0; c < 3; c++) data[3 * (y * width + x) + c] = image.data[from + c]!
    }
  const within = (place: number, length: number): number => Math.min(length - 1, Math.max(0, Math.round(place * scale)))
  const paint = (x: number, y: number, colour: FrameColour): void => data.set(colour, 3 * (y * width + x))
  const thickness = Math.max(1, scale >> 1)
  for (let i = 0; i < classes.length; i++) {
    const colour = colours[(classes[i]! - 1) % colours.length]!
    const [left, right] = [within(boxes[4 * i]!, width), within(boxes[4 * i + 2]!, width)]
    const [top, bottom] = [within(boxes[4 * i + 1]!, height), within(boxes[4 * i + 3]!, height)]
    for (let y = top; y <= bottom; y++)
      for (let x = left; x <= right; x++)
        if (Math.min(x - left, right - x, y - top, bottom - y) < thickness) paint(x, y, colour)
  }
  return { width, height, data }
}

/**
 * Images of one size side by side, row by row.
 * @throws RangeError if they differ in size.
 */
export function tileImages(images: readonly ColourImage[], columns: number): ColourImage {
  const { width, height } = images[0] ?? { width: 0, height: 0 }
  const rows = Math.ceil(images.length / columns)
  const data = new Uint8Array(3 * width * height * columns * rows)
  for (const [n, image] of images.entries()) {
    if (image.width !== width || image.height !== height)
      throw new RangeError(
        `tileImages: image ${n} is ${image.width} × ${image.height}, the first ${width} × ${height}.`,
      )
    const [left, top] = [(n % columns) * width, Math.floor(n / columns) * height]
    for (let y = 0; y < height; y++)
      data.set(image.data.subarray(3 * y * width, 3 * (y + 1) * width), 3 * ((top + y) * columns * width + left))
  }
  return { width: width * columns, height: height * rows, data }
}
