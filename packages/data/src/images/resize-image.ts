import type { HeightAndWidth, Image } from './image.ts'

/**
 * The image in another size, each pixel a weighted mean of those that it covers, by a triangle as wide as the change of scale: bilinear where it grows, without aliasing where it
 * shrinks. As in Pillow's BILINEAR and torchvision's antialiased resize.
 * @throws RangeError if a size is no positive integer.
 */
export function resizeImage(image: Image, size: HeightAndWidth): Image {
  checkSize('resizeImage', size)
  if (size.height === image.height && size.width === image.width) return image
  const { channels, height } = image
  const rows = resample(image.pixels, {
    lines: channels * height,
    from: image.width,
    to: size.width,
    place: (line, at) => line * image.width + at,
    target: (line, at) => line * size.width + at,
  })
  const pixels = resample(rows, {
    lines: channels * size.width,
    from: height,
    to: size.height,
    place: (line, at) => (Math.floor(line / size.width) * height + at) * size.width + (line % size.width),
    target: (line, at) => (Math.floor(line / size.width) * size.height + at) * size.width + (line % size.width),
  })
  return { channels, height: size.height, width: size.width, pixels }
}

/** Lines of pixels, where they stand, and their length before and after. */
interface Lines {
  readonly lines: number
  readonly from: number
  readonly to: number
  place(line: number, at: number): number
  target(line: number, at: number): number
}

function resample(pixels: Uint8Array, { lines, from, to, place, target }: Lines): Uint8Array {
  if (from === to) return pixels
  const result = new Uint8Array(lines * to)
  for (const [at, { first, weights }] of weightsOf(from, to).entries())
    for (let line = 0; line < lines; line++) {
      let sum = 0.5
      for (let i = 0; i < weights.length; i++) sum += weights[i]! * pixels[place(line, first + i)]!
      result[target(line, at)] = sum
    }
  return result
}

function weightsOf(from: number, to: number): { readonly first: number; readonly weights: Float64Array }[] {
  const scale = from / to
  const reach = Math.max(1, scale)
  return Array.from({ length: to }, (_, at) => {
    const centre = (at + 0.5) * scale
    const first = Math.max(0, Math.round(centre - reach))
    const end = Math.min(from, Math.round(centre + reach))
    const weights = Float64Array.from({ length: end - first }, (_, i) =>
      Math.max(0, 1 - Math.abs((first + i + 0.5 - centre) / reach)),
    )
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return { first, weights: weights.map((weight) => weight / sum) }
  })
}

/**
 * A part of the image. What reaches beyond its edges is black.
 * @throws RangeError if a size is no positive integer.
 */
export function cropImage(
  image: Image,
  { top, left, ...size }: HeightAndWidth & { readonly top: number; readonly left: number },
): Image {
  checkSize('cropImage', size)
  const { channels } = image
  const pixels = new Uint8Array(channels * size.height * size.width)
  const [firstX, endX] = [Math.max(0, -left), Math.min(size.width, image.width - left)]
  for (let channel = 0; channel < channels; channel++)
    for (let y = Math.max(0, -top); y < Math.min(size.height, image.height - top); y++) {
      const row = (channel * image.height + top + y) * image.width + left
      if (firstX < endX)
        pixels.set(image.pixels.subarray(row + firstX, row + endX), (channel * size.height + y) * size.width + firstX)
    }
  return { channels, height: size.height, width: size.width, pixels }
}

/** The largest part from the image's middle that has the form of `size`, resized to it: the shorter side fits, of the longer one both ends are cut off alike. */
export function fitImage(image: Image, size: HeightAndWidth): Image {
  checkSize('fitImage', size)
  const scale = Math.min(image.height / size.height, image.width / size.width)
  const height = Math.max(1, Math.round(size.height * scale))
  const width = Math.max(1, Math.round(size.width * scale))
  const [top, left] = [(image.height - height) >> 1, (image.width - width) >> 1]
  return resizeImage(cropImage(image, { top, left, height, width }), size)
}

function checkSize(what: string, { height, width }: HeightAndWidth): void {
  if (![height, width].every((size) => Number.isSafeInteger(size) && size > 0))
    throw new RangeError(`${what}: height and width must be positive integers; got ${height} × ${width}.`)
}
