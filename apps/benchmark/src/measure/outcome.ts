import type { Library, MinimalProgram } from '../libraries/library.ts'

/** A library that was to be opened, or why it does not open. */
export interface Contestant {
  readonly name: string
  readonly library: Library | Error
  readonly minimalProgram?: MinimalProgram | undefined
}

/** What was measured of a contestant, sample by sample, or why nothing was. */
export type Outcome = readonly number[] | Error

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
