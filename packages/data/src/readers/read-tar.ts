import { DataFormatError } from '../data-format-error.ts'
import { Stream } from '../streams/stream.ts'
import { type ByteSource, nameOfSource, readBytes } from './byte-source.ts'

/** A file in an archive. */
export interface TarFile {
  /** Its path in the archive. */
  readonly path: string
  readonly bytes: Uint8Array
}

/**
 * The files of a tar archive, gzipped or plain, one after the other as they stand in it. The archive is never held as a whole. Walking throws a DataFormatError if it is damaged.
 */
export function readTar(source: ByteSource, name: string = nameOfSource(source, 'tar archive')): Stream<TarFile> {
  return Stream.from(() => readFiles(source, name))
}

async function* readFiles(source: ByteSource, name: string): AsyncGenerator<TarFile, void, undefined> {
  const { createTarDecoder } = await import('modern-tar')
  const pieces = readBytes(source, name)
  const failure: { cause?: unknown } = {}
  const bytes = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      } catch (cause) {
        failure.cause = cause
        controller.error(cause)
      }
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
  const entries = bytes.pipeThrough(createTarDecoder({ strict: true })).getReader()
  try {
    for (;;) {
      const { value: entry, done } = await entries.read()
      if (done) return
      const content = new Uint8Array(
        await new Response(entry.body as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
      )
      if ((entry.header.type ?? 'file') === 'file') yield { path: entry.header.name, bytes: content }
    }
  } catch (cause) {
    // Errors of the source, as of damaged gzip data, say more than the archive's own.
    if (failure.cause !== undefined) throw failure.cause
    throw new DataFormatError(`${name}: the tar archive is damaged or incomplete (${(cause as Error).message}).`, {
      cause,
    })
  } finally {
    await entries.cancel().catch(() => {})
    await pieces.return(undefined)
  }
}
