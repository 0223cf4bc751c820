import { RandomStream } from '../../random/random-stream.ts'
import type { LabelledImages } from '../labelled-images.ts'
import { writeDigit } from './handwriting.ts'
import { rasterize } from './rasterize.ts'
import type { Digit } from './skeletons.ts'

export interface DrawDigitsOptions {
  readonly count: number
  /** An integer; the same seed gives the same images on every machine. */
  readonly seed: number
  /** Height and width of an image in pixels; 28 if not given, at least 8. */
  readonly size?: number
}

const classes = 10

/**
 * Handwritten-style digits, drawn and not collected: light ink on a dark ground, like MNIST's.
 *
 * A digit is one of several ways of writing it, with every point moved a little, slanted, turned, stretched and shifted,
 * distorted elastically, drawn with a pen of varying width and ink, and disturbed by noise. Image i depends on seed and i
 * alone, so a longer set begins with the shorter one; every ten images hold each digit once.
 * @throws RangeError if `count`, `seed` or `size` is not a fitting integer.
 */
export function drawDigits({ count, seed, size = 28 }: DrawDigitsOptions): LabelledImages {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new RangeError(`drawDigits: count must be a non-negative integer; got ${count}.`)
  if (!Number.isSafeInteger(size) || size < 8)
    throw new RangeError(`drawDigits: size must be an integer of at least 8 pixels; got ${size}.`)
  const pixels = size * size
  const images = new Uint8Array(count * pixels)
  const labels = new Uint8Array(count)
  const ink = new Float64Array(pixels)
  for (let i = 0; i < count; i++) {
    if (i % classes === 0) labels.set(labelsOfTen(seed, i / classes).subarray(0, count - i), i)
    const random = new RandomStream(seed, 2 * i)
    const { lines, softness } = writeDigit(labels[i] as Digit, size, random)
    rasterize(lines, size, softness, ink)
    expose(ink, random, images.subarray(i * pixels, (i + 1) * pixels))
  }
  return { images, labels, count, height: size, width: size, classes }
}

function labelsOfTen(seed: number, ten: number): Uint8Array {
  const labels = Uint8Array.from({ length: classes }, (_, digit) => digit)
  // Odd streams, so that they are none of an image's.
  new RandomStream(seed, 2 * ten + 1).shuffle(labels)
  return labels
}

/** Turns ink into grey values, with the contrast and the noise of a scan. */
function expose(ink: Float64Array, random: RandomStream, image: Uint8Array): void {
  const paper = random.uniform(-10, 12)
  const contrast = random.uniform(190, 300)
  const noise = random.uniform(0, 14)
  for (let pixel = 0; pixel < image.length; pixel++) {
    const grey = paper + contrast * ink[pixel]! + noise * random.roughlyNormal()
    image[pixel] = Math.min(255, Math.max(0, Math.round(grey)))
  }
}
