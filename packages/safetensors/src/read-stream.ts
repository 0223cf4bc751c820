import { type Tensor, tensor } from '@neurite/tensor'
import { decodeArray } from './decode.ts'
import { SafetensorsError } from './errors.ts'
import { checkDataLength, headerByteLength, lengthBytes, parseHeaderText } from './header.ts'

/**
 * The tensors of a safetensors file that comes in chunks (the body of a response, a stream of Node), in the order of their bytes; there
 * is never more in memory than one of them.
 *
 *     for await (const [name, tensor] of readSafetensorsStream(response.body)) …
 *
 * @throws SafetensorsError if the bytes are no valid file, or end too early or too late.
 */
export async function* readSafetensorsStream(
  chunks: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
): AsyncGenerator<readonly [name: string, tensor: Tensor]> {
  const reader = new ChunkReader(Symbol.asyncIterator in chunks ? chunks : chunksOf(chunks))
  try {
    const length = await reader.take(lengthBytes)
    const text = await reader.take(headerByteLength(length, undefined) - lengthBytes)
    // Where no more has come, the header is longer than the file.
    headerByteLength(length, lengthBytes + text.length)
    const { entries } = parseHeaderText(text, undefined)
    for (const entry of entries) {
      const bytes = await reader.take(entry.end - entry.start)
      if (bytes.length < entry.end - entry.start) checkDataLength(entries, entry.start + bytes.length)
      const { data, shape, dtype } = decodeArray(entry, bytes)
      yield [entry.name, tensor(data, { shape, dtype })]
    }
    if ((await reader.take(1)).length > 0) {
      const end = entries.at(-1)?.end ?? 0
      throw new SafetensorsError(
        `The tensors take ${end} bytes, but more follow the header. The rest belongs to no tensor.`,
      )
    }
  } finally {
    await reader.stop()
  }
}

/** Bytes in pieces of the sizes that are asked for. What is held is what has come, whatever a header promises. */
class ChunkReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  #left: Uint8Array = new Uint8Array(0)
  #isOver = false

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** The next `count` bytes, or fewer if no more come. */
  async take(count: number): Promise<Uint8Array> {
    const parts = [this.#left]
    let length = this.#left.length
    while (length < count && !this.#isOver) {
      const { value, done } = await this.#chunks.next()
      if (done === true) this.#isOver = true
      else {
        parts.push(value)
        length += value.length
      }
    }
    const all = parts.length === 1 ? this.#left : joined(parts, length)
    this.#left = all.subarray(count)
    return all.subarray(0, count)
  }

  /** Tells whoever sends that nothing more is wanted. */
  async stop(): Promise<void> {
    if (!this.#isOver) await this.#chunks.return?.()
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length)
  let start = 0
  for (const part of parts) {
    all.set(part, start)
    start += part.length
  }
  return all
}

/** Not all browsers can iterate over a stream. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel()
  }
}
