import type { Library, LibraryEntry } from '../libraries/library.ts'

/** A library that was to be opened, or why it does not open. */
export interface Contestant extends Omit<LibraryEntry, 'open'> {
  readonly library: Library | Error
}

/** What was measured of a contestant, sample by sample, or why nothing was; undefined if it was not asked. */
export type Outcome = readonly number[] | Error | undefined

/** Results of a library are not those that were expected. */
export class DisagreementError extends Error {
  override readonly name = 'DisagreementError'
}

/** What `work` gives, or the error that it throws. */
export async function attempt<Value>(work: () => Value | Promise<Value>): Promise<Value | Error> {
  try {
    return await work()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
