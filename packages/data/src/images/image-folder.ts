import { type Tensor, tensor } from '@neurite/tensor'
import { DataFormatError } from '../data-format-error.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { readAllBytes } from '../readers/byte-source.ts'
import type { FolderFile } from '../readers/list-files.ts'
import { decodeImage } from './decode-image.ts'
import type { HeightAndWidth, Image } from './image.ts'
import { fitImage } from './resize-image.ts'

export interface ImageFolderOptions extends HeightAndWidth {
  /** 1 for grey, 3 for colours; 3 if not given. */
  readonly channels?: 1 | 3
  /** Makes an image of that size; the largest part from the middle, resized, if not given (`fitImage`). */
  readonly fit?: (image: Image, size: HeightAndWidth) => Image
}

/** Images uint8 [n, channels, height, width] and their classes int32 [n]. */
export type ColourImageFields = readonly [
  images: Tensor<[number, number, number, number], 'uint8'>,
  labels: Tensor<[number], 'int32'>,
]

/** Images in folders, and the names of their classes. */
export interface ImageFolder {
  readonly dataset: Dataset<ColourImageFields>
  /** The folders' names in alphabetical order: class i is the i-th. */
  readonly classes: readonly string[]
  /** The paths of the images, in the data set's order. */
  readonly paths: readonly string[]
}

/**
 * PNG and JPEG images in folders that name their classes: `cats/1.png`, `dogs/a/2.jpg`. Other files are left out. Images are read and decoded when they are
 * taken, so that there can be more than fit into memory.
 *
 *     const { dataset, classes } = imageFolder(listFiles('pets'), { height: 64, width: 64 })
 *     for await (const [x, y] of batches(dataset, { batchSize: 32, shuffle: true }).prefetch(2)) …
 *
 * @throws DataFormatError if there are no images; taking them, if one is damaged.
 */
export function imageFolder(files: readonly FolderFile[], options: ImageFolderOptions): ImageFolder {
  const images = files
    .filter(({ path }) => /[^/]\/.*\.(png|jpe?g)$/i.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  if (images.length === 0)
    throw new DataFormatError(
      `imageFolder: none of the ${files.length} files is a .png, .jpg or .jpeg in a folder that names its class.`,
    )
  const classOf = ({ path }: FolderFile): string => path.slice(0, path.indexOf('/'))
  const classes = [...new Set(images.map(classOf))].sort()
  const labels = Int32Array.from(images, (file) => classes.indexOf(classOf(file)))
  return {
    dataset: { length: images.length, take: (positions) => takeImages(positions, images, labels, options) },
    classes,
    paths: images.map(({ path }) => path),
  }
}

async function takeImages(
  positions: ArrayLike<number>,
  images: readonly FolderFile[],
  labels: Int32Array,
  options: ImageFolderOptions,
): Promise<[Tensor<[number, number, number, number], 'uint8'>, Tensor<[number], 'int32'>]> {
  const { height, width, channels = 3 } = options
  const chosen = Array.from(positions)
  const taken = await Promise.all(chosen.map((position) => readImage(images[position]!, options)))
  const pixels = new Uint8Array(chosen.length * channels * height * width)
  for (const [row, image] of taken.entries()) pixels.set(image.pixels, row * channels * height * width)
  return [
    tensor(pixels, { shape: [chosen.length, channels, height, width] as [number, number, number, number] }),
    tensor(Int32Array.from(chosen, (position) => labels[position]!)),
  ]
}

async function readImage({ path, source }: FolderFile, options: ImageFolderOptions): Promise<Image> {
  const { channels = 3, height, width, fit = fitImage } = options
  const image = fit(await decodeImage(await readAllBytes(source, path), { channels, name: path }), { height, width })
  if (image.channels !== channels || image.height !== height || image.width !== width)
    throw new RangeError(
      `imageFolder: fit made ${image.channels} × ${image.height} × ${image.width} of ${path}; expected ${channels} × ${height} × ${width}.`,
    )
  return image
}
