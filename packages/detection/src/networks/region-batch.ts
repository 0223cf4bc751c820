import { type Tensor, tensor } from '@neurite/tensor'
import type { BoxArray } from '../boxes/box-array.ts'

/** As many boxes of each image, so that compiled functions see one shape: [N, count, 4]; lists are cut off or filled up with unit boxes. */
export function regionBatch(lists: readonly BoxArray[], count: number): Tensor {
  const data = new Float32Array(4 * count * lists.length)
  for (const [n, boxes] of lists.entries())
    for (let i = 0; i < count; i++) {
      const at = 4 * (n * count + i)
      for (let k = 0; k < 4; k++) data[at + k] = 4 * i < boxes.length ? boxes[4 * i + k]! : k >> 1
    }
  return tensor(data, { shape: [lists.length, count, 4] }) as Tensor
}

/** `count` rounded up, so that compiled functions see few shapes: to a power of 2, from 64 on to a multiple of 64. */
export function paddedCount(count: number): number {
  return count <= 64 ? 2 ** Math.ceil(Math.log2(Math.max(1, count))) : 64 * Math.ceil(count / 64)
}
