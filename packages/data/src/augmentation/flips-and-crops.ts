import type { HeightAndWidth, Image } from '../images/image.ts'
import { cropImage, resizeImage } from '../images/resize-image.ts'
import { type Augmentation, augmentSometimes } from './augmentation.ts'

/** Left and right exchanged, with a probability; 0.5 if not given. */
export function randomHorizontalFlip(probability: number = 0.5): Augmentation {
  return augmentSometimes(probability, (image) => rearrange(image, (y, x) => y * image.width + (image.width - 1 - x)))
}

/** Top and bottom exchanged, with a probability; 0.5 if not given. */
export function randomVerticalFlip(probability: number = 0.5): Augmentation {
  return augmentSometimes(probability, (image) => rearrange(image, (y, x) => (image.height - 1 - y) * image.width + x))
}

function rearrange(image: Image, sourceOf: (y: number, x: number) => number): Image {
  const { channels, height, width } = image
  const pixels = new Uint8Array(image.pixels.length)
  for (let channel = 0; channel < channels; channel++) {
    const plane = channel * height * width
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) pixels[plane + y * width + x] = image.pixels[plane + sourceOf(y, x)]!
  }
  return { ...image, pixels }
}

export interface RandomCropOptions extends Partial<HeightAndWidth> {
  /** Black pixels around the image before it is cropped: how far the crop may reach beyond. 0 if not given. */
  readonly padding?: number
}

/**
 * A part of the image at a random place, of the image's own size if none is given: with padding, the image is shifted at random (He et al. 2016).
 * @throws RangeError when applied, if the part is larger than the padded image.
 */
export function randomCrop({ padding = 0, ...size }: RandomCropOptions): Augmentation {
  return (image, random) => {
    const { height = image.height, width = image.width } = size
    const [spareRows, spareColumns] = [image.height + 2 * padding - height, image.width + 2 * padding - width]
    if (spareRows < 0 || spareColumns < 0)
      throw new RangeError(
        `randomCrop: ${height} × ${width} is larger than ${image.height} × ${image.width} with a padding of ${padding}.`,
      )
    const top = random.below(spareRows + 1) - padding
    const left = random.below(spareColumns + 1) - padding
    return cropImage(image, { top, left, height, width })
  }
}

export interface RandomResizedCropOptions extends HeightAndWidth {
  /** The part's share of the image's area, from and to; 0.08 to 1 if not given. */
  readonly scale?: readonly [number, number]
  /** The part's width ÷ height, from and to; 3/4 to 4/3 if not given. */
  readonly ratio?: readonly [number, number]
}

/** A part of random size, form and place, resized ("Going Deeper with Convolutions", Szegedy et al. 2015; torchvision's RandomResizedCrop). */
export function randomResizedCrop({
  height,
  width,
  scale = [0.08, 1],
  ratio = [3 / 4, 4 / 3],
}: RandomResizedCropOptions): Augmentation {
  return (image, random) => {
    for (let tries = 0; tries < 10; tries++) {
      const area = image.height * image.width * random.uniform(...scale)
      const form = Math.exp(random.uniform(Math.log(ratio[0]), Math.log(ratio[1])))
      const [partWidth, partHeight] = [Math.round(Math.sqrt(area * form)), Math.round(Math.sqrt(area / form))]
      if (partWidth < 1 || partHeight < 1 || partWidth > image.width || partHeight > image.height) continue
      const top = random.below(image.height - partHeight + 1)
      const left = random.below(image.width - partWidth + 1)
      return resizeImage(cropImage(image, { top, left, height: partHeight, width: partWidth }), { height, width })
    }
    return resizeImage(image, { height, width })
  }
}
