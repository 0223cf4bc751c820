import { type Tensor, tensor } from '@neurite/tensor'
import type { SafetensorsArray } from './array.ts'
import { decodeArray } from './decode.ts'
import { SafetensorsError, showName } from './errors.ts'
import {
  headerByteLength,
  lengthBytes,
  parseHeaderText,
  type SafetensorsEntry,
  type SafetensorsHeader,
} from './header.ts'
import { readExactly, type SafetensorsSource, type SafetensorsSourceLike, sourceOf } from './source.ts'

/**
 * Opens a safetensors file: its header is read and checked, tensors when they are asked for.
 *
 *     const file = await openSafetensors(new URL('https://example.org/model.safetensors'))
 *     const weight = await file.tensor('encoder.weight')
 *
 * @param from a `File` or `Blob`, bytes, an open file of Node, a URL whose server answers requests for ranges, or any `SafetensorsSource`.
 * @throws SafetensorsError if it is no valid file, or the source does not give what it has.
 */
export async function openSafetensors(from: SafetensorsSourceLike): Promise<SafetensorsFile> {
  const source = await sourceOf(from)
  const first = await readExactly(source, 0, Math.min(lengthBytes, source.size))
  const byteLength = headerByteLength(first, source.size)
  const header = parseHeaderText(await readExactly(source, lengthBytes, byteLength), source.size)
  return new SafetensorsFile(source, header)
}

/** An open file. It can be iterated: names and tensors in the order of their bytes, one in memory at a time. */
export class SafetensorsFile implements AsyncIterable<readonly [name: string, tensor: Tensor]> {
  /** In the order of their bytes. */
  readonly entries: readonly SafetensorsEntry[]
  readonly metadata: Readonly<Record<string, string>>
  readonly #source: SafetensorsSource
  readonly #dataStart: number
  readonly #byName: ReadonlyMap<string, SafetensorsEntry>

  /** @internal Use `openSafetensors`. */
  constructor(source: SafetensorsSource, { entries, metadata, byteLength }: SafetensorsHeader) {
    this.entries = entries
    this.metadata = metadata
    this.#source = source
    this.#dataStart = byteLength
    this.#byName = new Map(entries.map((entry) => [entry.name, entry]))
  }

  get names(): readonly string[] {
    return this.entries.map(({ name }) => name)
  }

  has(name: string): boolean {
    return this.#byName.has(name)
  }

  /** @throws SafetensorsError if there is no such tensor, or it cannot be read as a dtype of ours. */
  async tensor(name: string): Promise<Tensor> {
    const { data, shape, dtype } = await this.array(name)
    return tensor(data, { shape, dtype })
  }

  /** The same as a plain array. */
  async array(name: string): Promise<SafetensorsArray> {
    const entry = this.#byName.get(name)
    if (entry === undefined)
      throw new SafetensorsError(
        `There is no tensor ${showName(name)} in the file, but ${this.entries.length} others: ${this.names.slice(0, 8).map(showName).join(', ')}${this.entries.length > 8 ? ', …' : ''}.`,
      )
    const bytes = await readExactly(this.#source, this.#dataStart + entry.start, this.#dataStart + entry.end)
    return decodeArray(entry, bytes)
  }

  /** All tensors, or those named, by name: a state dict. */
  async tensors(names: readonly string[] = this.names): Promise<Record<string, Tensor>> {
    const found: Record<string, Tensor> = Object.create(null)
    for (const name of names) found[name] = await this.tensor(name)
    return found
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly [name: string, tensor: Tensor]> {
    for (const { name } of this.entries) yield [name, await this.tensor(name)]
  }
}
