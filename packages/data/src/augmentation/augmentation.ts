import type { Image } from '../images/image.ts'
import type { RandomStream } from '../random/random-stream.ts'

/** Changes an image at random, drawing from the stream given and from nothing else. */
export type Augmentation = (image: Image, random: RandomStream) => Image

/** One augmentation after the other. */
export function augmentInOrder(...augmentations: readonly Augmentation[]): Augmentation {
  return (image, random) => augmentations.reduce((changed, augment) => augment(changed, random), image)
}

/** The augmentation with a probability, else the image as it is. */
export function augmentSometimes(probability: number, augmentation: Augmentation): Augmentation {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`augmentSometimes: probability must be from 0 to 1; got ${probability}.`)
  return (image, random) => (random.uniform() < probability ? augmentation(image, random) : image)
}
