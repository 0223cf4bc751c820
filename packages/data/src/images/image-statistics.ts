import { type Shape, ShapeError, showShape, type Tensor, tensor } from '@neurite/tensor'

/** Mean and standard deviation of pixels, where black is 0 and white is 1: one number, or one for each channel. */
export interface ImageStatistics {
  readonly mean: number | readonly number[]
  readonly standardDeviation: number | readonly number[]
}

export type KnownImages = 'mnist' | 'fashionMnist' | 'drawnDigits' | 'imageNet'

/** Statistics of well-known training sets. */
export const imageStatistics: Readonly<Record<KnownImages, ImageStatistics>> = {
  /** MNIST's 60,000 training images. */
  mnist: { mean: 0.1307, standardDeviation: 0.3081 },
  /** Fashion-MNIST's 60,000 training images. */
  fashionMnist: { mean: 0.286, standardDeviation: 0.353 },
  /** Images of `drawDigits`. */
  drawnDigits: { mean: 0.152, standardDeviation: 0.296 },
  /** Red, green and blue of ImageNet, as models trained on it expect. */
  imageNet: { mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225] },
}

const white = 255

/** Mean and standard deviation of all pixels (values from 0 to 255) together. */
export function measureImages(pixels: Uint8Array): { readonly mean: number; readonly standardDeviation: number } {
  const counts = new Float64Array(white + 1)
  for (const value of pixels) counts[value]! += 1
  let sum = 0
  let sumOfSquares = 0
  counts.forEach((count, value) => {
    sum += count * value
    sumOfSquares += count * value * value
  })
  const mean = sum / pixels.length
  const variance = sumOfSquares / pixels.length - mean * mean
  return { mean: mean / white, standardDeviation: Math.sqrt(variance) / white }
}

/**
 * Images shifted and scaled to mean 0 and standard deviation 1, given the statistics of the set they come from.
 *
 *     y = (x − mean) / standardDeviation
 *
 * images [n, channels, height, width] → the same shape, float32. uint8 images count 0 to 255, others 0 to 1. Builds graph:
 * inside a compiled function it costs no pass of its own.
 * @throws ShapeError if statistics by channel do not fit the images' channels; RangeError if a deviation is not positive.
 */
export function normalizeImages<S extends Shape>(
  images: Tensor<S>,
  { mean, standardDeviation }: ImageStatistics,
): Tensor<S, 'float32'> {
  const flat = [standardDeviation].flat().findIndex((deviation) => !(deviation > 0))
  if (flat >= 0)
    throw new RangeError(
      `normalizeImages: the standard deviation is ${[standardDeviation].flat()[flat]}; are all images of one colour?`,
    )
  const x: Tensor = images.dtype === 'uint8' ? images.cast('float32').divide(white) : images.cast('float32')
  return x.subtract(byChannel(mean, images.shape)).divide(byChannel(standardDeviation, images.shape))
}

function byChannel(statistic: number | readonly number[], shape: Shape): number | Tensor {
  if (typeof statistic === 'number') return statistic
  if (shape.length < 3 || shape.at(-3) !== statistic.length)
    throw new ShapeError(
      `normalizeImages: statistics of ${statistic.length} channels do not fit images of shape ${showShape(shape)}, ` +
        'whose third axis from the end counts channels.',
    )
  return tensor(statistic, { shape: [statistic.length, 1, 1] })
}
