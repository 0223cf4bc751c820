import { DataFormatError } from '../data-format-error.ts'
import { Stream } from '../streams/stream.ts'
import { ByteReader } from './byte-reader.ts'
import { type ByteSource, nameOfSource, readBytes } from './byte-source.ts'
import { type IdxArray, parseIdxHeader, readElements } from './idx-file.ts'

/**
 * The items of an IDX file along its first axis, one after the other: image after image of a file that need not fit into memory.
 * Walking throws a DataFormatError if it is no IDX file, or holds fewer or more bytes than its header says.
 */
export function readIdxItems(source: ByteSource, name: string = nameOfSource(source, 'IDX data')): Stream<IdxArray> {
  return Stream.from(() => readItems(source, name))
}

async function* readItems(source: ByteSource, name: string): AsyncGenerator<IdxArray, void, undefined> {
  const reader = new ByteReader(readBytes(source, name), name)
  try {
    const magic = await reader.take(4, 'the start of its header')
    const sizes = await reader.take(4 * magic[3]!, 'its header')
    const { format, shape } = parseIdxHeader(Uint8Array.of(...magic, ...sizes), name)
    const [count = 0, ...itemShape] = shape
    const bytes = itemShape.reduce((product, length) => product * length, format.bytes)
    for (let item = 0; item < count; item++)
      yield readElements(await reader.take(bytes, `item ${item} of ${count}`), format, itemShape)
    if (!(await reader.isAtEnd()))
      throw new DataFormatError(`${name}: too long: bytes follow the last of ${count} items.`)
  } finally {
    await reader.close()
  }
}
