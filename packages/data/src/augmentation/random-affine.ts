import type { Image } from '../images/image.ts'
import type { RandomStream } from '../random/random-stream.ts'
import type { Augmentation } from './augmentation.ts'

export interface RandomAffineOptions {
  /** Rotates by up to this many degrees either way; 0 if not given. */
  readonly degrees?: number
  /** Shifts by up to these shares of height and width; none if not given. */
  readonly translate?: readonly [vertical: number, horizontal: number]
  /** Scales by a factor from and to; 1 if not given. */
  readonly scale?: readonly [number, number]
  /** Shears by up to this many degrees either way; 0 if not given. */
  readonly shear?: number
  /** The value of pixels from beyond the edges, 0 to 255; 0 if not given. */
  readonly fill?: number
}

/** Rotates, shifts, scales and shears the image about its middle, by random amounts; between pixels values are bilinear. The size stays. */
export function randomAffine(options: RandomAffineOptions): Augmentation {
  const { fill = 0 } = options
  return (image, random) => transform(image, drawMatrix(image, options, random), fill)
}

/** Rotates the image about its middle by up to `degrees` either way. */
export function randomRotation(degrees: number): Augmentation {
  return randomAffine({ degrees })
}

/** Where the pixel at a place, from the middle, comes from: (a·y + b·x + top, c·y + d·x + left). */
interface Affine {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly top: number
  readonly left: number
}

function drawMatrix(image: Image, options: RandomAffineOptions, random: RandomStream): Affine {
  const { degrees = 0, translate = [0, 0], scale = [1, 1], shear = 0 } = options
  const angle = (random.uniform(-degrees, degrees) * Math.PI) / 180
  const factor = random.uniform(...scale)
  const slant = Math.tan((random.uniform(-shear, shear) * Math.PI) / 180)
  const down = random.uniform(-translate[0], translate[0]) * image.height
  const right = random.uniform(-translate[1], translate[1]) * image.width
  // Forward: shear, rotate, scale, shift; what is wanted is the way back.
  const [cosine, sine] = [Math.cos(angle) / factor, Math.sin(angle) / factor]
  const [a, b, c, d] = [cosine, -sine, sine - slant * cosine, cosine + slant * sine]
  return { a, b, c, d, top: -(a * down + b * right), left: -(c * down + d * right) }
}

function transform(image: Image, { a, b, c, d, top, left }: Affine, fill: number): Image {
  const { channels, height, width } = image
  const pixels = new Uint8Array(image.pixels.length)
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const fromY = a * (y - middleY) + b * (x - middleX) + top + middleY
      const fromX = c * (y - middleY) + d * (x - middleX) + left + middleX
      for (let channel = 0; channel < channels; channel++)
        pixels[(channel * height + y) * width + x] = Math.round(bilinear(image, channel, fromY, fromX, fill))
    }
  return { ...image, pixels }
}

function bilinear(image: Image, channel: number, y: number, x: number, fill: number): number {
  const { height, width, pixels } = image
  const [firstY, firstX] = [Math.floor(y), Math.floor(x)]
  const [restY, restX] = [y - firstY, x - firstX]
  const at = (row: number, column: number): number =>
    row >= 0 && row < height && column >= 0 && column < width
      ? pixels[(channel * height + row) * width + column]!
      : fill
  const above = at(firstY, firstX) * (1 - restX) + at(firstY, firstX + 1) * restX
  const below = at(firstY + 1, firstX) * (1 - restX) + at(firstY + 1, firstX + 1) * restX
  return above * (1 - restY) + below * restY
}
