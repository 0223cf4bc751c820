import {
  channelShuffle,
  chunk,
  concatenate,
  moveAxis,
  type PadMode,
  padAround,
  pixelShuffle,
  pixelUnshuffle,
  repeat,
  roll,
  rotate90,
  split,
  stack,
  type Tensor,
  tile,
  unflatten,
  unstack,
} from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly input: Tensor
  readonly tensor: Tensor
  readonly tensors: readonly Tensor[]
}

type List = readonly number[]

interface Attributes {
  readonly chunks: number
  readonly destination: number
  readonly dim?: number
  readonly dim0: number
  readonly dim1: number
  readonly dimension: number
  readonly dims?: List | number
  readonly downscale_factor: number
  readonly end_dim?: number
  readonly groups: number
  readonly index: number
  readonly k?: number
  readonly length: number
  readonly mode?: PadMode | 'constant'
  readonly pad: List
  readonly repeats: number
  readonly shape: List
  readonly shifts: number | List
  readonly size: number | List
  readonly sizes: List
  readonly source: number
  readonly split_size_or_sections: number | List
  readonly start: number
  readonly start_dim?: number
  readonly starts: List
  readonly step: number
  readonly steps?: List
  readonly stops?: List
  readonly upscale_factor: number
  readonly value?: number
}

export const views: Operations<'views', Inputs, Attributes> = {
  cat: ({ tensors }, { dim = 0 }) => concatenate(tensors, dim),
  channel_shuffle: ({ input }, { groups }) => channelShuffle(input, groups),
  chunk: ({ input }, { chunks, dim = 0 }) => chunk(input, chunks, dim),
  expand: ({ input }, { size }) => input.broadcastTo(expanded(input, size as List)),
  flatten: ({ input }, { start_dim = 0, end_dim = -1 }) => input.flatten(start_dim, end_dim),
  flip: ({ input }, { dims }) => input.flip(dims!),
  last_step: ({ input }) => input.select(1, -1),
  movedim: ({ input }, { source, destination }) => moveAxis(input, source, destination),
  narrow: ({ input }, { dim, start, length }) => input.narrow(dim!, start, length),
  pad: ({ input }, { pad, mode = 'constant', value = 0 }) => {
    const amounts = { low: perAxis(input, pad, 0), high: perAxis(input, pad, 1) }
    return mode === 'constant' ? input.pad({ ...amounts, value }) : padAround(input, { ...amounts, mode })
  },
  permute: ({ input }, { dims }) => input.permute(dims as List),
  pixel_shuffle: ({ input }, { upscale_factor }) => pixelShuffle(input, upscale_factor),
  pixel_unshuffle: ({ input }, { downscale_factor }) => pixelUnshuffle(input, downscale_factor),
  repeat_interleave: ({ input }, { repeats, dim }) =>
    dim === undefined ? repeat(input.flatten(), repeats, 0) : repeat(input, repeats, dim),
  reshape: ({ input }, { shape }) => input.reshape(shape),
  roll: ({ input }, { shifts, dims }) => roll(input, shifts, dims),
  rot90: ({ input }, { k = 1, dims = [0, 1] }) => rotate90(input, k, dims as [number, number]),
  select: ({ input }, { dim, index }) => input.select(dim!, index),
  slice: ({ input }, { starts, stops, steps }) =>
    input.slice({ starts, ...(stops && { stops }), ...(steps && { steps }) }),
  split: ({ tensor }, { split_size_or_sections, dim = 0 }) => split(tensor, split_size_or_sections, dim) as Tensor[],
  squeeze: ({ input }, { dim }) => (dim === undefined || input.shape.at(dim) === 1 ? input.squeeze(dim) : input),
  stack: ({ tensors }, { dim = 0 }) => stack(tensors, dim),
  tile: ({ input }, { dims }) => tile(input, dims as List),
  transpose: ({ input }, { dim0, dim1 }) => input.transpose(dim0, dim1),
  unbind: ({ input }, { dim = 0 }) => unstack(input, dim),
  unflatten: ({ input }, { dim, sizes }) => unflatten(input, dim!, sizes),
  unfold_dim: ({ input }, { dimension, size, step }) =>
    input.window({ axes: [dimension], sizes: [size as number], strides: [step] }),
  unsqueeze: ({ input }, { dim }) => input.unsqueeze(dim!),
}

/** −1 keeps an axis as long as it is. */
function expanded({ shape }: Tensor, size: List): List {
  const added = size.length - shape.length
  return size.map((length, axis) => (length === -1 ? shape[axis - added]! : length))
}

/** PyTorch lists pairs [low, high] from the last axis backwards. */
function perAxis({ shape }: Tensor, pad: List, side: 0 | 1): List {
  return (shape as List).map((_, axis) => pad[2 * (shape.length - 1 - axis) + side] ?? 0)
}
