import { type Tensor, tensor } from '@neurite/tensor'
import type { InMemoryDataset } from '../datasets/dataset.ts'
import { tensorDataset } from '../datasets/tensor-dataset.ts'
import type { LabelledImages } from './labelled-images.ts'

/** Grey images [n, 1, height, width] and their classes [n]. */
export type ImageFields = readonly [
  images: Tensor<[number, 1, number, number], 'uint8'>,
  labels: Tensor<[number], 'int32'>,
]

/**
 * Labelled images as a data set: images uint8 [n, 1, height, width], labels int32 [n]. Pixels stay bytes, a quarter of the
 * memory; `normalizeImages` makes numbers of a batch.
 */
export function imageDataset({ images, labels, count, height, width }: LabelledImages): InMemoryDataset<ImageFields> {
  return tensorDataset(
    tensor(images, { shape: [count, 1, height, width] as [number, 1, number, number] }),
    tensor(labels, { shape: [count] as [number], dtype: 'int32' }),
  )
}
