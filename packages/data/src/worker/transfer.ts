import { type DType, Tensor, type TypedArray, tensor } from '@neurite/tensor'

const mark = '@neurite/tensor'

/** A tensor as it crosses between threads. */
interface SentTensor {
  readonly [mark]: true
  readonly shape: readonly number[]
  readonly dtype: DType
  readonly data: TypedArray
}

/** What is to cross, and the memory that is given away with it. */
export interface Parcel {
  readonly content: unknown
  readonly transfer: ArrayBuffer[]
}

/** Makes an item ready to cross: tensors and typed arrays, in lists and objects too, in memory of their own, which is given away and not copied again. */
export async function pack(item: unknown): Promise<Parcel> {
  const transfer: ArrayBuffer[] = []
  return { content: await packValue(item, transfer), transfer }
}

async function packValue(value: unknown, transfer: ArrayBuffer[]): Promise<unknown> {
  if (value instanceof Tensor) {
    const { shape, dtype } = value
    return { [mark]: true, shape, dtype, data: copyOf(await value.data(), transfer) } satisfies SentTensor
  }
  if (ArrayBuffer.isView(value)) return value instanceof DataView ? value : copyOf(value as TypedArray, transfer)
  if (Array.isArray(value)) return Promise.all(value.map((part) => packValue(part, transfer)))
  if (!isPlain(value)) return value
  const parts = await Promise.all(
    Object.entries(value).map(async ([key, part]) => [key, await packValue(part, transfer)]),
  )
  return Object.fromEntries(parts)
}

// Copied because whoever made it may keep it, and what is given away is gone.
function copyOf(data: TypedArray, transfer: ArrayBuffer[]): TypedArray {
  const copy = data.slice()
  transfer.push(copy.buffer as ArrayBuffer)
  return copy
}

/** What `pack` made ready, as it was. */
export function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack)
  if (!isPlain(value)) return value
  if (mark in value) {
    const { data, shape, dtype } = value as unknown as SentTensor
    return tensor(data, { shape, dtype })
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unpack(part)]))
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
