import { DataFormatError } from '../data-format-error.ts'

/** True if the bytes begin like a gzip file (RFC 1952: 1f 8b). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

export interface GunzipOptions {
  /** What the bytes are called in errors: a file name, an address. */
  readonly name: string
  /** Most bytes to unpack: a small file can claim to be huge. */
  readonly limit: number
}

/**
 * Unpacks a gzip file with the platform's own decompressor.
 * @throws DataFormatError if the file is damaged, or unpacks to more than `limit` bytes.
 */
export async function gunzip(bytes: Uint8Array, { name, limit }: GunzipOptions): Promise<Uint8Array> {
  // A Blob takes only bytes that no other thread can change.
  const unshared = bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
  const reader = new Blob([unshared]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const chunk = await readChunk(reader, name)
    if (chunk === undefined) return join(chunks, length)
    chunks.push(chunk)
    length += chunk.length
    if (length > limit) {
      await reader.cancel()
      throw new DataFormatError(`${name}: unpacks to more than ${limit} bytes, which is the limit.`)
    }
  }
}

async function readChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  name: string,
): Promise<Uint8Array | undefined> {
  try {
    return (await reader.read()).value
  } catch (cause) {
    throw new DataFormatError(`${name}: the gzip data is damaged or incomplete (${(cause as Error).message}).`, {
      cause,
    })
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length)
  let start = 0
  for (const chunk of chunks) {
    joined.set(chunk, start)
    start += chunk.length
  }
  return joined
}
