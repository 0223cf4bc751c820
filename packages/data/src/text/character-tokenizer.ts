export interface CharacterTokenizerState {
  /** The characters by their numbers. */
  readonly characters: readonly string[]
  /** What stands in the place of characters that are not among them; there is none if not given. */
  readonly unknown?: string
}

/**
 * Numbers for the characters of a text, which are its code points.
 *
 *     const tokenizer = CharacterTokenizer.fit(text)
 *     tokenizer.decode(tokenizer.encode('to be'))   // 'to be'
 */
export class CharacterTokenizer {
  readonly characters: readonly string[]
  readonly unknown: string | undefined
  readonly #numberOf: ReadonlyMap<string, number>

  /** One fitted before, from `toJSON`, or with characters of one's own. @throws RangeError if two are the same, or `unknown` is none of them. */
  constructor({ characters, unknown }: CharacterTokenizerState) {
    this.characters = characters
    this.unknown = unknown
    this.#numberOf = new Map(characters.map((character, number) => [character, number]))
    if (this.#numberOf.size < characters.length)
      throw new RangeError('CharacterTokenizer: a character is there twice; each has one number.')
    if (unknown !== undefined && !this.#numberOf.has(unknown))
      throw new RangeError(
        `CharacterTokenizer: ${JSON.stringify(unknown)} stands for what is unknown, but is none of the characters.`,
      )
  }

  /**
   * By the characters that occur, in the order of their code points. `unknown` comes first, where it is given, and stands for all that do not occur.
   */
  static fit(text: string | Iterable<string>, { unknown }: { readonly unknown?: string } = {}): CharacterTokenizer {
    const seen = new Set<string>()
    for (const part of typeof text === 'string' ? [text] : text) for (const character of part) seen.add(character)
    if (unknown !== undefined) seen.delete(unknown)
    const characters = [...seen].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!)
    return new CharacterTokenizer(
      unknown === undefined ? { characters } : { characters: [unknown, ...characters], unknown },
    )
  }

  /** How many different tokens there are. */
  get vocabularySize(): number {
    return this.characters.length
  }

  /** @throws RangeError naming the character and its place if it has no number, and none stands for what is unknown. */
  encode(text: string): Int32Array {
    const unknown = this.unknown === undefined ? undefined : this.#numberOf.get(this.unknown)
    const tokens: number[] = []
    for (const character of text) {
      const token = this.#numberOf.get(character) ?? unknown
      if (token === undefined)
        throw new RangeError(
          `CharacterTokenizer: ${JSON.stringify(character)}, character ${tokens.length} of the text, is none of the ${this.vocabularySize} known ones.`,
        )
      tokens.push(token)
    }
    return Int32Array.from(tokens)
  }

  /** @throws RangeError if a token is the number of no character. */
  decode(tokens: ArrayLike<number>): string {
    return Array.from(tokens, (token) => {
      const character = this.characters[token]
      if (character === undefined)
        throw new RangeError(
          `CharacterTokenizer: ${token} is the number of no character; there are ${this.vocabularySize}.`,
        )
      return character
    }).join('')
  }

  toJSON(): CharacterTokenizerState {
    return this.unknown === undefined
      ? { characters: this.characters }
      : { characters: this.characters, unknown: this.unknown }
  }
}
