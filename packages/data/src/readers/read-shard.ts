import { DataFormatError } from '../data-format-error.ts'
import { Stream } from '../streams/stream.ts'
import { type ByteSource, nameOfSource } from './byte-source.ts'
import { readTar, type TarFile } from './read-tar.ts'

/** An example of a shard: the files that have its key. */
export interface ShardExample {
  /** The path up to the first dot of the file's name: `train/0001` of `train/0001.input.png`. */
  readonly key: string
  /** The shard's name. */
  readonly shard: string
  /** The files by what follows that dot: `input.png`. */
  readonly parts: { readonly [extension: string]: Uint8Array }
}

/**
 * The examples of a tar shard in WebDataset's form: the files of an example follow each other and are named by its key, `0001.png`, `0001.cls`. Of many shards:
 *
 *     Stream.from(addresses).shuffle({ window: 100 }).flatMap((address) => readShard(address)).shuffle({ window: 1000 })
 *       .map(async ({ parts }) => [await decodeImage(parts.png!), Number(new TextDecoder().decode(parts.cls))])
 *
 * Walking throws a DataFormatError if the archive is damaged, or one example has two files of one extension.
 */
export function readShard(source: ByteSource, name: string = nameOfSource(source, 'shard')): Stream<ShardExample> {
  return Stream.from(() => groupByKey(readTar(source, name), name))
}

async function* groupByKey(
  files: AsyncIterable<TarFile>,
  shard: string,
): AsyncGenerator<ShardExample, void, undefined> {
  let key: string | undefined
  let parts: Record<string, Uint8Array> = {}
  for await (const { path, bytes } of files) {
    const [, ownKey, extension] = /^((?:.*\/)?[^/.]+)\.([^/]+)$/.exec(path) ?? []
    if (ownKey === undefined || extension === undefined) continue
    if (ownKey !== key) {
      if (key !== undefined) yield { key, shard, parts }
      key = ownKey
      parts = {}
    }
    if (Object.hasOwn(parts, extension))
      throw new DataFormatError(`${shard}: example ${key} has two files .${extension}.`)
    parts[extension] = bytes
  }
  if (key !== undefined) yield { key, shard, parts }
}
