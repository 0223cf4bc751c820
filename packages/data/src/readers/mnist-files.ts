import { DataFormatError } from '../data-format-error.ts'
import { type LabelledImages, labelledImages } from '../images/labelled-images.ts'
import { readIdx } from './idx-file.ts'

/** The bytes of the file called `name`, or undefined if there is none: from a folder, an archive, a server. */
export type OpenFile = (name: string) => Promise<Uint8Array | undefined>

/** A data set in the two parts that MNIST and its relatives come in. */
export interface MnistFiles {
  readonly train: LabelledImages
  readonly test: LabelledImages
}

/**
 * Reads MNIST, or a set in its form (Fashion-MNIST, KMNIST, …), from files with the standard names:
 * `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte`, `t10k-labels-idx1-ubyte`; each may
 * end in `.gz`.
 * @throws DataFormatError if a file is missing, damaged or not what its name says.
 */
export async function readMnistFiles(open: OpenFile): Promise<MnistFiles> {
  return { train: await readPart(open, 'train'), test: await readPart(open, 't10k') }
}

async function readPart(open: OpenFile, part: string): Promise<LabelledImages> {
  const images = await openEither(open, `${part}-images-idx3-ubyte`)
  const labels = await openEither(open, `${part}-labels-idx1-ubyte`)
  return labelledImages({
    images: await readIdx(images.bytes, images.name),
    labels: await readIdx(labels.bytes, labels.name),
    names: { images: images.name, labels: labels.name },
  })
}

async function openEither(open: OpenFile, plain: string): Promise<{ name: string; bytes: Uint8Array }> {
  for (const name of [plain, `${plain}.gz`]) {
    const bytes = await open(name)
    if (bytes !== undefined) return { name, bytes }
  }
  throw new DataFormatError(`${plain}: missing; neither ${plain} nor ${plain}.gz was found.`)
}
