import { batches, type InMemoryBatches, tensorDataset } from '@neurite/data'
import { key, normal, type Tensor } from '@neurite/tensor'

/** 100 points of the plane, and on which side of a line they lie. */
export const points: Tensor<[100, 4]> = normal([100, 4], { key: key(1) })
export const sides: Tensor<[100], 'int32'> = points.sum(1).greater(0).cast('int32')

/** The same points in batches, the last of which is smaller unless the size divides 100. */
export function pointBatches(
  batchSize = 32,
  options: { readonly shuffle?: boolean } = {},
): InMemoryBatches<readonly [Tensor<[100, 4], 'float32'>, Tensor<[100], 'int32'>], number> {
  return batches(tensorDataset(points, sides), { batchSize, seed: 3, ...options }) as never
}

/** All bits of every tensor. */
export async function bitsOf(tensors: Readonly<Record<string, Tensor>>): Promise<Record<string, string>> {
  const entries = Object.entries(tensors).map(async ([name, value]) => {
    const { buffer, byteOffset, byteLength } = await value.data()
    return [name, [...new Uint8Array(buffer, byteOffset, byteLength)].join(' ')] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}
