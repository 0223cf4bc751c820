import { bind, type ContractionName } from '@neurite/tensor'
import type { BatchRules } from '../rule.ts'
import { joined, moved, parted } from './axes.ts'

type Pair = readonly [number, number]

export const contractionBatching: BatchRules<ContractionName> = {
  // Examples on both sides are one more batch pair; on one side they are a free axis, which comes out in the middle.
  contract: ([left, right], { inputs, attributes: { batch, over } }) => {
    const shifted = ([a, b]: Pair): Pair => [a + Number(left!.isBatched), b + Number(right!.isBatched)]
    const areBoth = left!.isBatched && right!.isBatched
    const product = bind('contract', [left!.tensor, right!.tensor], {
      batch: [...(areBoth ? [[0, 0] as const] : []), ...batch.map(shifted)],
      over: over.map(shifted),
    })
    if (areBoth) return product
    const freeOfLeft = inputs[0]!.rank - batch.length - over.length
    return moved(product, left!.isBatched ? batch.length : batch.length + freeOfLeft, 0)
  },

  // [N, G, C, …] with [G, O, C, …]: examples of both are more groups, of the input more images, of the kernel more output channels.
  convolution: ([input, kernel], { inputs: [x, w], attributes }, { size }) => {
    const [images, groups, outputs]: number[] = [x!.shape[0], x!.shape[1], w!.shape[1]]
    const convolved = (x: typeof input, w: typeof kernel): ReturnType<typeof bind> =>
      bind('convolution', [x!.tensor, w!.tensor], attributes)
    const plain = (tensor: ReturnType<typeof bind>): typeof input => ({ tensor, isBatched: false })
    if (!kernel!.isBatched) return parted(convolved(plain(joined(input!.tensor, 0)), kernel), 0, size, images!)
    if (!input!.isBatched) {
      const kernels = joined(moved(kernel!.tensor, 0, 1), 1)
      return moved(parted(convolved(input, plain(kernels)), 2, size, outputs!), 2, 0)
    }
    const grouped = joined(moved(input!.tensor, 0, 1), 1)
    return moved(parted(convolved(plain(grouped), plain(joined(kernel!.tensor, 0))), 1, size, groups!), 1, 0)
  },
}
