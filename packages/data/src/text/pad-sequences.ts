import { type Tensor, tensor } from '@neurite/tensor'

export interface PadOptions<Length extends number = number> {
  /** The common length, to which longer sequences are cut; the longest one's if not given. */
  readonly length?: Length
  /** The token that fills up; 0 if not given. */
  readonly value?: number
}

/** Sequences side by side, and where they are real. */
export interface PaddedSequences<Length extends number> {
  /** int32 [sequences, length]. */
  readonly tokens: Tensor<[number, Length], 'int32'>
  /** True where a token is the sequence's own: bool [sequences, length]. */
  readonly mask: Tensor<[number, Length], 'bool'>
}

/** Sequences of different lengths as one tensor: shorter ones are filled up at their end. @throws RangeError if `length` is no positive integer. */
export function padSequences<const Length extends number = number>(
  sequences: readonly ArrayLike<number>[],
  options: PadOptions<Length> = {},
): PaddedSequences<Length> {
  const longest = sequences.reduce((most, sequence) => Math.max(most, sequence.length), 1)
  const { length = longest, value = 0 } = options
  if (!Number.isSafeInteger(length) || length < 1)
    throw new RangeError(`padSequences: length must be a positive integer; got ${length}.`)
  const tokens = new Int32Array(sequences.length * length).fill(value)
  const mask = new Uint8Array(tokens.length)
  for (const [row, sequence] of sequences.entries())
    for (let at = 0; at < Math.min(sequence.length, length); at++) {
      tokens[row * length + at] = sequence[at]!
      mask[row * length + at] = 1
    }
  const shape = [sequences.length, length] as [number, Length]
  return {
    tokens: tensor(tokens, { shape }) as Tensor<[number, Length], 'int32'>,
    mask: tensor(mask, { shape, dtype: 'bool' }) as Tensor<[number, Length], 'bool'>,
  }
}
