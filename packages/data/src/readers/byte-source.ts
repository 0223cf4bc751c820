import { DataFormatError } from '../data-format-error.ts'

/** Bytes that are here, or come in pieces. What comes in pieces can be read once, but for a Blob. */
export type Bytes = Uint8Array | ArrayBuffer | Blob | Response | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>

/** Something with a name that can be opened again and again: a file, as `openFile` gives it. */
export interface NamedSource {
  /** What errors call it. */
  readonly name: string
  open(): Bytes | Promise<Bytes>
}

/** Where a reader's bytes come from. What is gzipped is unpacked, whatever it is called. */
export type ByteSource = Bytes | URL | NamedSource

/** What errors call a source: a file's name, an address, or `otherwise`. */
export function nameOfSource(source: ByteSource, otherwise: string): string {
  if (source instanceof URL) return source.href
  if ('name' in source && typeof source.name === 'string') return source.name
  if (typeof Response === 'function' && source instanceof Response && source.url !== '') return source.url
  return otherwise
}

const usedUp = new WeakSet<object>()

/**
 * The bytes of a source in pieces, unpacked if they are gzipped.
 * @throws DataFormatError if gzipped data is damaged, or an address gives no file; RangeError if a source that can be read once has been read.
 */
export async function* readBytes(source: ByteSource, name: string): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces = piecesOf(await openSource(source, name), name)
  try {
    let head = await nextPiece(pieces)
    // The mark of gzip is two bytes, and a piece can be one.
    while (head !== undefined && head.length < 2) {
      const next = await nextPiece(pieces)
      if (next === undefined) break
      head = joinPieces(head, next)
    }
    if (head === undefined) return
    const whole = chain(head, pieces)
    if (head[0] === 0x1f && head[1] === 0x8b) yield* unpack(whole, name)
    else yield* whole
  } finally {
    await pieces.return?.(undefined)
  }
}

async function openSource(source: ByteSource, name: string): Promise<Bytes> {
  if (source instanceof URL) return fetchBytes(source)
  const bytes = 'open' in source ? await source.open() : source
  if (bytes instanceof Uint8Array || bytes instanceof ArrayBuffer || bytes instanceof Blob) return bytes
  if (usedUp.has(bytes) || (bytes as Response).bodyUsed === true)
    throw new RangeError(
      `${name}: the source has been read, and can be only once. For several epochs give what can be opened again: a Blob, ` +
        'a URL, bytes, or { name, open }, as openFile gives it.',
    )
  usedUp.add(bytes)
  return bytes
}

async function fetchBytes(address: URL): Promise<Response> {
  if (address.protocol === 'file:')
    throw new RangeError(`${address.href}: files are opened with openFile(path), which needs Node; fetch cannot.`)
  const response = await fetch(address)
  if (!response.ok)
    throw new DataFormatError(`${address.href}: the server answered ${response.status} ${response.statusText}.`)
  return response
}

type Pieces = AsyncIterator<Uint8Array> | Iterator<Uint8Array>

function piecesOf(bytes: Bytes, name: string): Pieces {
  if (bytes instanceof Uint8Array) return [bytes][Symbol.iterator]()
  if (bytes instanceof ArrayBuffer) return [new Uint8Array(bytes)][Symbol.iterator]()
  if (bytes instanceof Blob) return readStream(bytes.stream())
  if (typeof Response === 'function' && bytes instanceof Response)
    return bytes.body === null ? [][Symbol.iterator]() : readStream(bytes.body)
  if ('getReader' in bytes) return readStream(bytes)
  if (Symbol.asyncIterator in bytes) return bytes[Symbol.asyncIterator]()
  throw new TypeError(
    `${name}: bytes are read from a Uint8Array, an ArrayBuffer, a Blob, a Response, a ReadableStream, an async iterable, a URL or ` +
      `{ name, open }; got ${Object.prototype.toString.call(bytes)}.`,
  )
}

// Safari has no async iterator of streams.
async function* readStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader()
  let isDone = false
  try {
    for (;;) {
      const { value, done } = await reader.read()
      isDone = done
      if (done) return
      yield value
    }
  } finally {
    if (!isDone) await reader.cancel().catch(() => {})
    reader.releaseLock()
  }
}

async function nextPiece(pieces: Pieces): Promise<Uint8Array | undefined> {
  const result = await pieces.next()
  return result.done ? undefined : result.value
}

function joinPieces(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}

async function* chain(head: Uint8Array, rest: Pieces): AsyncGenerator<Uint8Array, void, undefined> {
  yield head
  for (let piece = await nextPiece(rest); piece !== undefined; piece = await nextPiece(rest)) yield piece
}

async function* unpack(packed: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array, void, undefined> {
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { value, done } = await packed.next()
      if (done) controller.close()
      // The decompressor takes only bytes that no other thread can change.
      else controller.enqueue(value.buffer instanceof ArrayBuffer ? (value as Uint8Array<ArrayBuffer>) : value.slice())
    },
    async cancel() {
      await packed.return(undefined)
    },
  })
  const pieces = readStream(source.pipeThrough(new DecompressionStream('gzip')))
  try {
    for (;;) {
      const { value, done } = await pieces.next().catch((cause: Error) => {
        throw new DataFormatError(`${name}: the gzip data is damaged or incomplete (${cause.message}).`, { cause })
      })
      if (done) return
      yield value
    }
  } finally {
    await pieces.return(undefined)
  }
}

/** All bytes of a source. @throws DataFormatError if they are more than `limit`: a small gzip file can unpack to a huge one. */
export async function readAllBytes(source: ByteSource, name: string, limit: number = 2 ** 31): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of readBytes(source, name)) {
    pieces.push(piece)
    length += piece.length
    if (length > limit) throw new DataFormatError(`${name}: has more than ${limit} bytes, which is the limit.`)
  }
  const all = new Uint8Array(length)
  let start = 0
  for (const piece of pieces) {
    all.set(piece, start)
    start += piece.length
  }
  return all
}
