// Bytes as characters that can be seen, as GPT-2's vocabulary files have them (Radford et al. 2019): printable ones are themselves, the others are
// the code points from 256 on.

interface Alphabet {
  readonly bytes: readonly number[]
  readonly characterOf: readonly string[]
  readonly byteOf: ReadonlyMap<string, number>
}

let known: Alphabet | undefined

/** Made when it is first needed: most programs have no use for it. */
function alphabet(): Alphabet {
  known ??= makeAlphabet()
  return known
}

/** The bytes in the order of their characters: the order of the first 256 tokens. */
export function bytesInOrder(): readonly number[] {
  return alphabet().bytes
}

const printable = 0x7e - 0x21 + 1 + (0xac - 0xa1 + 1) + (0xff - 0xae + 1)

function makeAlphabet(): Alphabet {
  const bytes = orderBytes()
  const characterOf: string[] = []
  for (const [place, byte] of bytes.entries())
    characterOf[byte] = String.fromCodePoint(place < printable ? byte : 256 + place - printable)
  return { bytes, characterOf, byteOf: new Map(characterOf.map((character, byte) => [character, byte])) }
}

function orderBytes(): number[] {
  return [
    ...range(0x21, 0x7e),
    ...range(0xa1, 0xac),
    ...range(0xae, 0xff),
    ...range(0x00, 0x20),
    ...range(0x7f, 0xa0),
    0xad,
  ]
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

export function showBytes(bytes: Iterable<number>): string {
  const { characterOf } = alphabet()
  return Array.from(bytes, (byte) => characterOf[byte]!).join('')
}

/** @throws RangeError if a character stands for no byte. */
export function parseBytes(text: string): Uint8Array {
  const { byteOf } = alphabet()
  return Uint8Array.from(text, (character) => {
    const byte = byteOf.get(character)
    if (byte === undefined)
      throw new RangeError(
        `BytePairTokenizer: ${JSON.stringify(character)} in the token ${JSON.stringify(text)} stands for no byte; is the vocabulary byte-level, as GPT-2's?`,
      )
    return byte
  })
}
