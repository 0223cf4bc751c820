/** Data that is not in the format it should be in. The message names the source, what was found and what was expected. */
export class DataFormatError extends Error {
  override readonly name: string = 'DataFormatError'
}
