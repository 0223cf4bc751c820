// Where the bytes of a file can be read at any place: one small interface, and what is one.

import { SafetensorsError } from './errors.ts'

/** Bytes that can be read in parts: a file on a disk, in a browser, on a server. */
export interface SafetensorsSource {
  /** Bytes in all. */
  readonly size: number
  /** The bytes from `start` up to `end`, which lie within `size`. */
  read(start: number, end: number): Promise<Uint8Array>
}

/** What Node's `fs.promises.open` gives. */
export interface FileHandleLike {
  stat(): Promise<{ readonly size: number }>
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>
}

/** A `Blob` or `File`, bytes in memory, an open file of Node, a URL (read by requests for ranges), or a source of your own. */
export type SafetensorsSourceLike = SafetensorsSource | Blob | ArrayBuffer | Uint8Array | FileHandleLike | URL

export async function sourceOf(given: SafetensorsSourceLike): Promise<SafetensorsSource> {
  if (given instanceof URL) return urlSource(given)
  if (given instanceof ArrayBuffer) return bytesSource(new Uint8Array(given))
  if (given instanceof Uint8Array) return bytesSource(given)
  if (given instanceof Blob) return blobSource(given)
  if ('stat' in given) return fileSource(given)
  return given
}

/** @throws SafetensorsError if the source gives other than as many bytes as were asked for. */
export async function readExactly(source: SafetensorsSource, start: number, end: number): Promise<Uint8Array> {
  if (start === end) return new Uint8Array(0)
  const bytes = await source.read(start, end)
  if (bytes.length !== end - start)
    throw new SafetensorsError(
      `Of the bytes ${start} to ${end} the source gave ${bytes.length} instead of ${end - start}. Has the file changed?`,
    )
  return bytes
}

function bytesSource(bytes: Uint8Array): SafetensorsSource {
  return { size: bytes.length, read: async (start, end) => bytes.subarray(start, end) }
}

function blobSource(blob: Blob): SafetensorsSource {
  return {
    size: blob.size,
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  }
}

async function fileSource(handle: FileHandleLike): Promise<SafetensorsSource> {
  const { size } = await handle.stat()
  return {
    size,
    async read(start, end) {
      const bytes = new Uint8Array(end - start)
      let filled = 0
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return bytes.subarray(0, filled)
    },
  }
}

async function urlSource(url: URL): Promise<SafetensorsSource> {
  const { response } = await requestRange(url, 0, 1)
  const size = Number(/^bytes 0-0\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1])
  if (!Number.isSafeInteger(size))
    throw new SafetensorsError(
      `${url} does not say how long it is (content-range: ${response.headers.get('content-range')}).`,
    )
  return { size, read: async (start, end) => (await requestRange(url, start, end)).bytes }
}

async function requestRange(url: URL, start: number, end: number): Promise<{ response: Response; bytes: Uint8Array }> {
  const response = await fetch(url, { headers: { range: `bytes=${start}-${end - 1}` } })
  if (response.status !== 206) {
    await response.body?.cancel()
    throw new SafetensorsError(
      response.ok
        ? `${url} answered with the whole file instead of the bytes ${start} to ${end}: the server knows no ranges. ` +
            'Read the body with readSafetensorsStream instead.'
        : `${url} answered ${response.status} ${response.statusText}.`,
    )
  }
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
}
