import { type Tensor, tensor } from '@neurite/tensor'
import { expectTypeOf, test } from 'vitest'
import type { Dataset } from '../datasets/dataset.ts'
import { split } from '../datasets/split.ts'
import { tensorDataset } from '../datasets/tensor-dataset.ts'
import { batches } from './batches.ts'

const dataset = tensorDataset(tensor(new Uint8Array(8 * 784), { shape: [8, 1, 28, 28] }), tensor(new Int32Array(8)))

test('batches have the batch size in their type where it is certain', () => {
  for (const [images, labels] of batches(dataset, { batchSize: 4, dropLast: true })) {
    expectTypeOf(images).toEqualTypeOf<Tensor<[4, 1, 28, 28], 'uint8'>>()
    expectTypeOf(labels).toEqualTypeOf<Tensor<[4], 'int32'>>()
  }
})

test('without dropLast, or with a batch size that is not known, it is a number', () => {
  for (const [images] of batches(dataset, { batchSize: 4 }))
    expectTypeOf(images).toEqualTypeOf<Tensor<[number, 1, 28, 28], 'uint8'>>()
  for (const [images] of batches(dataset, { batchSize: 4 as number, dropLast: true }))
    expectTypeOf(images).toEqualTypeOf<Tensor<[number, 1, 28, 28], 'uint8'>>()
})

test('parts of a split have the type of the whole', () => {
  const [train, validation] = split(dataset, [0.5, 0.5])
  const [images] = train.take([0])
  expectTypeOf(images).toEqualTypeOf<Tensor<[number, 1, 28, 28], 'uint8'>>()
  expectTypeOf(validation).toEqualTypeOf(train)
})

test('data that must be waited for can only be awaited', () => {
  const slow = dataset as Dataset<typeof dataset extends Dataset<infer Fields> ? Fields : never>
  // @ts-expect-error: not iterable without waiting
  for (const _ of batches(slow, { batchSize: 4 }));
})
