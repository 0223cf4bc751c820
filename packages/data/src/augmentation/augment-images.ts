import { ShapeError, showShape, type Tensor, tensor } from '@neurite/tensor'
import type { Batch, Dataset, InMemoryDataset } from '../datasets/dataset.ts'
import type { Image } from '../images/image.ts'
import { randomOfExample } from '../random/random-of-example.ts'
import type { Augmentation } from './augmentation.ts'

/** Images uint8 [n, channels, height, width], and whatever else belongs to them. */
type ImageFirst = readonly [images: Tensor, ...others: Tensor[]]

/**
 * The data set with its first field, images uint8 [n, channels, height, width], augmented anew in every epoch. What is drawn for an image goes by
 * `seed`, the epoch and its position in the data set: it is the same in whatever batch, order or thread it is taken.
 *
 *     augmentImages(train, augmentInOrder(randomCrop({ padding: 4 }), randomHorizontalFlip()), { seed: 1 })
 *
 * @throws ShapeError when taken, if the first field is not of such images, or the augmentation gives images of different sizes.
 */
export function augmentImages<Fields extends ImageFirst>(
  dataset: InMemoryDataset<Fields>,
  augmentation: Augmentation,
  options?: { readonly seed?: number },
): InMemoryDataset<Fields>
export function augmentImages<Fields extends ImageFirst>(
  dataset: Dataset<Fields>,
  augmentation: Augmentation,
  options?: { readonly seed?: number },
): Dataset<Fields>
export function augmentImages<Fields extends ImageFirst>(
  dataset: Dataset<Fields>,
  augmentation: Augmentation,
  { seed = 0 }: { readonly seed?: number } = {},
): Dataset<Fields> {
  const augmented = (batch: Batch<Fields>, positions: ArrayLike<number>, epoch: number): Batch<Fields> => {
    const [images, ...others] = batch as unknown as ImageFirst
    const changed = imagesOf(images).map((image, row) =>
      augmentation(image, randomOfExample(seed, { epoch, index: positions[row]! })),
    )
    return [stackImages(changed, images), ...others] as unknown as Batch<Fields>
  }
  return {
    length: dataset.length,
    take(positions, epoch = 0) {
      const batch = dataset.take(positions, epoch)
      return batch instanceof Promise
        ? batch.then((taken) => augmented(taken, positions, epoch))
        : augmented(batch, positions, epoch)
    },
  }
}

function imagesOf(images: Tensor): Image[] {
  const [count = 0, channels = 0, height = 0, width = 0] = images.shape
  if (images.rank !== 4 || images.dtype !== 'uint8')
    throw new ShapeError(
      `augmentImages: the first field must be images uint8 [n, channels, height, width]; it is ${images.dtype} ${showShape(images.shape)}.`,
    )
  const data = images.dataSync() as Uint8Array
  const size = channels * height * width
  return Array.from({ length: count }, (_, at) => ({
    ...{ channels, height, width },
    pixels: data.subarray(at * size, (at + 1) * size),
  }))
}

function stackImages(images: readonly Image[], before: Tensor): Tensor {
  const first = images[0]
  if (first === undefined) return before
  const { channels, height, width } = first
  const size = channels * height * width
  const pixels = new Uint8Array(images.length * size)
  for (const [at, image] of images.entries()) {
    if (image.channels !== channels || image.height !== height || image.width !== width)
      throw new ShapeError(
        `augmentImages: the augmentation gives ${channels} × ${height} × ${width} and ${image.channels} × ${image.height} × ${image.width}; images of a batch must have one size.`,
      )
    pixels.set(image.pixels, at * size)
  }
  return tensor(pixels, { shape: [images.length, channels, height, width] })
}
