import type { Augmentation } from './augmentation.ts'

export interface CutoutOptions {
  /** Side of the square, in pixels. */
  readonly size: number
  /** Its value, 0 to 255; 0 if not given. */
  readonly fill?: number
}

/** A square around a random pixel is blotted out; near the edges a part of it (DeVries & Taylor 2017, "Improved Regularization of Convolutional Neural Networks with Cutout"). */
export function cutout({ size, fill = 0 }: CutoutOptions): Augmentation {
  if (!Number.isSafeInteger(size) || size < 1)
    throw new RangeError(`cutout: size must be a positive integer; got ${size}.`)
  return (image, random) => {
    const top = random.below(image.height) - (size >> 1)
    const left = random.below(image.width) - (size >> 1)
    const pixels = Uint8Array.from(image.pixels)
    const [start, end] = [Math.max(0, left), Math.min(image.width, left + size)]
    for (let channel = 0; channel < image.channels; channel++)
      for (let y = Math.max(0, top); y < Math.min(image.height, top + size); y++) {
        const row = (channel * image.height + y) * image.width
        pixels.fill(fill, row + start, row + end)
      }
    return { ...image, pixels }
  }
}
