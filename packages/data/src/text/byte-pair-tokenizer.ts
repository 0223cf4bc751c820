import { bytesInOrder, parseBytes, showBytes } from './byte-alphabet.ts'
import { type Merge, mergePair, pairKey, trainMerges } from './train-merges.ts'

/** A byte-pair vocabulary: that of GPT-2's `vocab.json` and `merges.txt`, with the special tokens beside it. Bytes are written as characters that can be seen. */
export interface BytePairState {
  readonly vocabulary: { readonly [token: string]: number }
  /** Pairs of tokens, `Ġ t`, the most frequent first. */
  readonly merges: readonly string[]
  readonly specialTokens: { readonly [text: string]: number }
}

export interface TrainOptions {
  /** How many different tokens there are to be, special ones among them: at least 256 for the bytes. Fewer come out if no pair is left that occurs twice. */
  readonly vocabularySize: number
  /** Tokens that stand for something of their own, as `<|endoftext|>`. None if not given. */
  readonly specialTokens?: readonly string[]
}

/** What merges do not reach across: GPT-2's pattern of words with the space in front, numbers, punctuation and spaces. */
const wordPattern = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu

const rememberedWords = 100_000

/**
 * Byte-level byte-pair tokens, as GPT-2 has them (Radford et al. 2019): every text has tokens, and they give exactly the text again.
 *
 *     const tokenizer = BytePairTokenizer.train(text, { vocabularySize: 1000 })
 *     tokenizer.decode(tokenizer.encode('naïve 🙂'))   // 'naïve 🙂'
 *     JSON.stringify(tokenizer)                        // for new BytePairTokenizer(JSON.parse(…))
 */
export class BytePairTokenizer {
  /** The special tokens' numbers. */
  readonly specialTokens: ReadonlyMap<string, number>
  readonly #bytesOf: ReadonlyMap<number, Uint8Array>
  readonly #byteTokens: readonly number[]
  readonly #merges: readonly Merge[]
  readonly #mergeOf: ReadonlyMap<number, { readonly rank: number; readonly token: number }>
  readonly #specialPattern: RegExp | undefined
  readonly #remembered = new Map<string, readonly number[]>()

  /** One trained before, from `toJSON`, or of GPT-2's form. @throws RangeError if a byte has no token, or a merge is of none. */
  constructor({ vocabulary, merges, specialTokens = {} }: BytePairState) {
    const numberOf = new Map(Object.entries(vocabulary))
    this.specialTokens = new Map(Object.entries(specialTokens))
    this.#bytesOf = new Map(
      [...numberOf]
        .filter(([token]) => !this.specialTokens.has(token))
        .map(([token, number]) => [number, parseBytes(token)]),
    )
    const find = (token: string, of: string): number => {
      const number = numberOf.get(token)
      if (number === undefined)
        throw new RangeError(`BytePairTokenizer: the vocabulary has no token ${token}, needed for ${of}.`)
      return number
    }
    this.#byteTokens = Array.from({ length: 256 }, (_, byte) => find(showBytes([byte]), `byte ${byte}`))
    this.#merges = merges.map((merge): Merge => {
      const [left, right, ...more] = merge.split(' ')
      if (!left || !right || more.length > 0)
        throw new RangeError(
          `BytePairTokenizer: a merge is two tokens with a space between; got ${JSON.stringify(merge)}.`,
        )
      return [find(left, `the merge ${merge}`), find(right, `the merge ${merge}`)]
    })
    this.#mergeOf = new Map(
      this.#merges.map(([left, right], rank) => {
        const token = find(merges[rank]!.replace(' ', ''), `the merge ${merges[rank]}`)
        return [pairKey(left, right), { rank, token }]
      }),
    )
    const specials = [...this.specialTokens.keys()].sort((a, b) => b.length - a.length)
    this.#specialPattern =
      specials.length === 0 ? undefined : new RegExp(`(${specials.map(escapePattern).join('|')})`, 'u')
  }

  /** By the words of a text, or of many. @throws RangeError if the vocabulary is too small for the bytes and the special tokens. */
  static train(
    text: string | Iterable<string>,
    { vocabularySize, specialTokens = [] }: TrainOptions,
  ): BytePairTokenizer {
    const count = vocabularySize - 256 - specialTokens.length
    if (!Number.isSafeInteger(vocabularySize) || count < 0)
      throw new RangeError(
        `BytePairTokenizer.train: vocabularySize must be at least ${256 + specialTokens.length}, for 256 bytes and ${specialTokens.length} special tokens; got ${vocabularySize}.`,
      )
    const words = new Map<string, number>()
    for (const part of typeof text === 'string' ? [text] : text)
      for (const [word] of part.matchAll(wordPattern)) words.set(word, (words.get(word) ?? 0) + 1)
    const encoder = new TextEncoder()
    const tokenOfByte = new Map(bytesInOrder().map((byte, token) => [byte, token]))
    const merges = trainMerges(words, {
      count,
      firstToken: 256,
      tokensOf: (word) => Array.from(encoder.encode(word), (byte) => tokenOfByte.get(byte)!),
    })
    return new BytePairTokenizer(describe(merges, specialTokens))
  }

  /** How many different tokens there are. */
  get vocabularySize(): number {
    return this.#bytesOf.size + this.specialTokens.size
  }

  /**
   * The text's tokens. Special tokens that stand in it are only text, as what a user types should be, unless `special` says that they are meant.
   */
  encode(text: string, { special = false }: { readonly special?: boolean } = {}): Int32Array {
    const tokens: number[] = []
    const parts = special && this.#specialPattern ? text.split(this.#specialPattern) : [text]
    for (const part of parts) {
      const token = special ? this.specialTokens.get(part) : undefined
      if (token !== undefined) tokens.push(token)
      else
        for (const [word] of part.matchAll(wordPattern)) for (const token of this.#encodeWord(word)) tokens.push(token)
    }
    return Int32Array.from(tokens)
  }

  /** The tokens' text. Where they end within a character, as a part of a text's can, U+FFFD stands for it; `decodeBytes` is exact. */
  decode(tokens: ArrayLike<number>): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.decodeBytes(tokens))
  }

  /** The tokens' text as UTF-8. @throws RangeError if one is no token. */
  decodeBytes(tokens: ArrayLike<number>): Uint8Array {
    const specials = new Map([...this.specialTokens].map(([text, number]) => [number, new TextEncoder().encode(text)]))
    const parts = Array.from(tokens, (token) => {
      const bytes = this.#bytesOf.get(token) ?? specials.get(token)
      if (bytes === undefined)
        throw new RangeError(`BytePairTokenizer: there is no token ${token}; there are ${this.vocabularySize}.`)
      return bytes
    })
    const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of parts) {
      all.set(part, at)
      at += part.length
    }
    return all
  }

  #encodeWord(word: string): readonly number[] {
    const known = this.#remembered.get(word)
    if (known !== undefined) return known
    let tokens: number[] = Array.from(new TextEncoder().encode(word), (byte) => this.#byteTokens[byte]!)
    for (let best = this.#firstMerge(tokens); best !== undefined; best = this.#firstMerge(tokens))
      tokens = mergePair(tokens, this.#merges[best.rank]!, best.token)
    if (this.#remembered.size >= rememberedWords) this.#remembered.clear()
    this.#remembered.set(word, tokens)
    return tokens
  }

  /** The merge that was learnt first among those of neighbouring tokens. */
  #firstMerge(tokens: readonly number[]): { readonly rank: number; readonly token: number } | undefined {
    let first: { readonly rank: number; readonly token: number } | undefined
    for (let at = 0; at + 1 < tokens.length; at++) {
      const merge = this.#mergeOf.get(pairKey(tokens[at]!, tokens[at + 1]!))
      if (merge !== undefined && (first === undefined || merge.rank < first.rank)) first = merge
    }
    return first
  }

  toJSON(): BytePairState {
    const show = (token: number): string => showBytes(this.#bytesOf.get(token)!)
    return {
      vocabulary: Object.fromEntries([...this.#bytesOf.keys()].map((token) => [show(token), token])),
      merges: this.#merges.map(([left, right]) => `${show(left)} ${show(right)}`),
      specialTokens: Object.fromEntries(this.specialTokens),
    }
  }
}

function describe(merges: readonly Merge[], specialTokens: readonly string[]): BytePairState {
  const tokens = bytesInOrder().map((byte) => showBytes([byte]))
  const names = merges.map(([left, right]) => {
    tokens.push(tokens[left]! + tokens[right]!)
    return `${tokens[left]} ${tokens[right]}`
  })
  return {
    vocabulary: Object.fromEntries(tokens.map((token, number) => [token, number])),
    merges: names,
    specialTokens: Object.fromEntries(specialTokens.map((text, i) => [text, tokens.length + i])),
  }
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&')
}
