import { type Tensor, tensor } from '@neurite/tensor'
import type { InMemoryDataset } from '../datasets/dataset.ts'

export interface TokenWindowOptions<Length extends number = number> {
  /** Tokens in a window. */
  readonly length: Length
  /** Tokens from the start of one window to that of the next; `length` if not given, so that no two overlap. 1 gives every window there is. */
  readonly stride?: number
}

/** Tokens int32 [n, length], and those that come one place later: what a language model sees and is to say. */
export type TokenWindowFields<Length extends number> = readonly [
  inputs: Tensor<[number, Length], 'int32'>,
  targets: Tensor<[number, Length], 'int32'>,
]

/**
 * Windows of a text's tokens, for language models: inputs tokens[i … i + length), targets tokens[i + 1 … i + 1 + length). What does not fill a window is left out.
 *
 *     const windows = tokenWindows(tokenizer.encode(text), { length: 64 })
 *     for (const [inputs, targets] of batches(windows, { batchSize: 32, shuffle: true, dropLast: true })) …
 *
 * @throws RangeError if `length` or `stride` is no positive integer.
 */
export function tokenWindows<const Length extends number>(
  tokens: Int32Array,
  { length, stride = length }: TokenWindowOptions<Length>,
): InMemoryDataset<TokenWindowFields<Length>> {
  if (![length, stride].every((count) => Number.isSafeInteger(count) && count > 0))
    throw new RangeError(`tokenWindows: length and stride must be positive integers; got ${length} and ${stride}.`)
  const gather = (positions: ArrayLike<number>, shift: number): Tensor<[number, Length], 'int32'> => {
    const rows = new Int32Array(positions.length * length)
    for (let row = 0; row < positions.length; row++) {
      const start = positions[row]! * stride + shift
      rows.set(tokens.subarray(start, start + length), row * length)
    }
    return tensor(rows, { shape: [positions.length, length] as [number, Length] }) as Tensor<[number, Length], 'int32'>
  }
  return {
    length: Math.max(0, Math.floor((tokens.length - 1 - length) / stride) + 1),
    take: (positions) => [gather(positions, 0), gather(positions, 1)],
  }
}
