import { DataFormatError } from '../data-format-error.ts'

/** Takes counts of bytes from pieces of any size. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>
  readonly #name: string
  #rest: Uint8Array = new Uint8Array()

  constructor(pieces: AsyncIterable<Uint8Array>, name: string) {
    this.#pieces = pieces[Symbol.asyncIterator]()
    this.#name = name
  }

  /** The next `count` bytes, in memory of their own. @throws DataFormatError saying what was to come if fewer are left. */
  async take(count: number, what: string): Promise<Uint8Array> {
    const taken = new Uint8Array(count)
    let filled = 0
    while (filled < count) {
      if (this.#rest.length === 0 && !(await this.#fetch()))
        throw new DataFormatError(
          `${this.#name}: truncated: ${what} has ${count} bytes, but the file ends after ${filled} of them.`,
        )
      const part = this.#rest.subarray(0, count - filled)
      taken.set(part, filled)
      filled += part.length
      this.#rest = this.#rest.subarray(part.length)
    }
    return taken
  }

  async isAtEnd(): Promise<boolean> {
    while (this.#rest.length === 0) if (!(await this.#fetch())) return true
    return false
  }

  async close(): Promise<void> {
    await this.#pieces.return?.()
  }

  async #fetch(): Promise<boolean> {
    const { value, done } = await this.#pieces.next()
    if (!done) this.#rest = value
    return !done
  }
}
