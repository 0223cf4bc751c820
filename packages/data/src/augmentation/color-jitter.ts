import { type Image, withChannels } from '../images/image.ts'
import type { RandomStream } from '../random/random-stream.ts'
import type { Augmentation } from './augmentation.ts'

export interface ColorJitterOptions {
  /** Multiplies the brightness by a factor from 1 − brightness to 1 + brightness; 0 if not given. */
  readonly brightness?: number
  /** Moves values to or from the image's mean grey, by such a factor. */
  readonly contrast?: number
  /** Moves colours to or from their grey, by such a factor. Nothing to grey images. */
  readonly saturation?: number
  /** Turns the hue by up to this share of the colour circle either way, at most 0.5. Nothing to grey images. */
  readonly hue?: number
}

/** Changes brightness, contrast, saturation and hue at random, in this order (torchvision's ColorJitter draws the order too). */
export function colorJitter({
  brightness = 0,
  contrast = 0,
  saturation = 0,
  hue = 0,
}: ColorJitterOptions): Augmentation {
  if (!(hue >= 0 && hue <= 0.5)) throw new RangeError(`colorJitter: hue must be from 0 to 0.5; got ${hue}.`)
  const factor = (random: RandomStream, range: number): number => random.uniform(Math.max(0, 1 - range), 1 + range)
  return (image, random) => {
    const bright = blend(image, () => 0, factor(random, brightness))
    const grey = meanGrey(bright)
    const contrasted = blend(bright, () => grey, factor(random, contrast))
    const saturated = saturate(contrasted, factor(random, saturation))
    return turnHue(saturated, random.uniform(-hue, hue))
  }
}

/** factor · image + (1 − factor) · other. */
function blend(image: Image, other: (at: number) => number, factor: number): Image {
  if (factor === 1) return image
  const { height, width, channels } = image
  const colours = Math.min(channels, 3) * height * width
  // Opacity, behind the colours, stays.
  const pixels = Uint8ClampedArray.from(image.pixels, (value, at) =>
    at < colours ? factor * value + (1 - factor) * other(at) : value,
  )
  return { ...image, pixels: new Uint8Array(pixels.buffer) }
}

function meanGrey(image: Image): number {
  const { pixels } = withChannels(image, 1)
  return pixels.reduce((sum, value) => sum + value, 0) / pixels.length
}

function saturate(image: Image, factor: number): Image {
  if (image.channels < 3 || factor === 1) return image
  const grey = withChannels(image, 1).pixels
  return blend(image, (at) => grey[at % grey.length]!, factor)
}

function turnHue(image: Image, turn: number): Image {
  if (image.channels < 3 || turn === 0) return image
  const size = image.height * image.width
  const pixels = Uint8Array.from(image.pixels)
  for (let at = 0; at < size; at++) {
    const colour = [pixels[at]!, pixels[at + size]!, pixels[at + 2 * size]!] as const
    const most = Math.max(...colour)
    const range = most - Math.min(...colour)
    if (range === 0) continue
    const hue = hueOf(colour, most, range) + 6 * turn
    for (const [channel, offset] of [5, 3, 1].entries()) {
      // The colour of a hue by one formula for the three channels (Smith 1978, "Color Gamut Transform Pairs").
      const k = (((offset + hue) % 6) + 6) % 6
      pixels[at + channel * size] = Math.round(most - range * Math.max(0, Math.min(k, 4 - k, 1)))
    }
  }
  return { ...image, pixels }
}

/** The hue in sixths of the circle, from red. */
function hueOf([red, green, blue]: readonly [number, number, number], most: number, range: number): number {
  if (most === red) return (green - blue) / range
  return most === green ? 2 + (blue - red) / range : 4 + (red - green) / range
}
