import { DataFormatError } from '../data-format-error.ts'
import type { IdxArray } from '../readers/idx-file.ts'

/** Grey images with a class each, as readers and generators give them. */
export interface LabelledImages {
  /** Pixels, image by image, row-major: count × height × width values from 0 to 255. */
  readonly images: Uint8Array
  /** The class of each image, in [0, classes). */
  readonly labels: Uint8Array
  readonly count: number
  readonly height: number
  readonly width: number
  readonly classes: number
}

export interface LabelledImagesOptions {
  readonly images: IdxArray
  readonly labels: IdxArray
  /** 10 if not given. */
  readonly classes?: number
  /** What errors call the two: file names, say. */
  readonly names?: { readonly images: string; readonly labels: string }
}

const defaultNames = { images: 'images', labels: 'labels' }

/**
 * The images of one IDX file with the labels of another.
 * @throws DataFormatError if one is not what it is given as, their counts differ, or a label is not in [0, classes).
 */
export function labelledImages(options: LabelledImagesOptions): LabelledImages {
  const { images, labels, classes = 10, names = defaultNames } = options
  const pixels = expectBytes(images, { name: names.images, content: 'images', rank: 3 })
  const classOf = expectBytes(labels, { name: names.labels, content: 'labels', rank: 1 })
  const [count = 0, height = 0, width = 0] = images.shape
  if (classOf.length !== count)
    throw new DataFormatError(
      `${names.images} holds ${count} images, but ${names.labels} ${classOf.length} labels. Do the two files belong together?`,
    )
  const outside = classOf.findIndex((label) => label >= classes)
  if (outside >= 0)
    throw new DataFormatError(
      `${names.labels}: label ${outside} is ${classOf[outside]}; with ${classes} classes labels go from 0 to ${classes - 1}.`,
    )
  return { images: pixels, labels: classOf, count, height, width, classes }
}

interface Expectation {
  readonly name: string
  readonly content: 'images' | 'labels'
  readonly rank: number
}

function expectBytes(array: IdxArray, { name, content, rank }: Expectation): Uint8Array {
  if (array.data instanceof Uint8Array && array.shape.length === rank) return array.data
  const found = `${array.dtype} with ${array.shape.length} axes, [${array.shape.join(', ')}]`
  const other = content === 'images' ? 'a labels file?' : 'an images file?'
  throw new DataFormatError(
    `${name}: ${content} are uint8 with ${rank} axes (magic number 0000080${rank}), but this is ${found}: ${other}`,
  )
}
