import type { Tensor } from '@neurite/tensor'
import type { words } from './words.ts'

/** In the order in which the recorded operation returns them. */
export type Outputs = Tensor | readonly Tensor[]

/** A word of the vocabulary as neurite says it. */
export type Operation<Inputs, Attributes> = (inputs: Inputs, attributes: Attributes) => Outputs

/** Stands in a table for a word that neurite cannot say yet. */
export const missing = 'missing'

/** An entry for each word of a family: one that is left out does not compile. */
export type Operations<Family extends keyof typeof words, Inputs, Attributes> = {
  readonly [Word in (typeof words)[Family][number]]: Operation<Inputs, Attributes> | typeof missing
}

/** A case asks for something that the format's vocabulary does not contain. */
export class UnknownWordError extends Error {
  override readonly name = 'UnknownWordError'
}

/** A case asks for something that neurite lacks, a word or an attribute. */
export class MissingWordError extends Error {
  override readonly name = 'MissingWordError'

  constructor(what: string) {
    super(`neurite has no ${what}`)
  }
}

/**
 * What a table has for a word.
 * @throws UnknownWordError if the word is not in the table, MissingWordError if neurite lacks it.
 */
export function lookUp<Entry>(
  table: Readonly<Record<string, Entry | typeof missing>>,
  word: string,
): Exclude<Entry, typeof missing> {
  if (!Object.hasOwn(table, word)) throw new UnknownWordError(`The vocabulary has no ${word}.`)
  const entry = table[word]!
  if (entry === missing) throw new MissingWordError(word)
  return entry as Exclude<Entry, typeof missing>
}
