// Sections of a module are lists of items. What is long is copied once, when all pieces are joined.

import { ByteWriter } from './byte-writer.ts'

export type Bytes = ArrayLike<number>

/** The pieces of a section, given those of its items; none if there are no items. */
export function sectionOf(number: number, items: readonly (readonly Bytes[])[]): Bytes[] {
  if (items.length === 0) return []
  return customSectionOf(number, [written((into) => into.unsigned(items.length)), ...items.flat()])
}

/** The pieces of a section whose content is of any kind. */
export function customSectionOf(number: number, content: readonly Bytes[]): Bytes[] {
  const head = written((into) => {
    into.byte(number)
    into.unsigned(lengthOf(content))
  })
  return [head, ...content]
}

export function written(write: (into: ByteWriter) => void): Bytes {
  const writer = new ByteWriter()
  write(writer)
  return writer.bytes
}

export function joined(pieces: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthOf(pieces))
  let end = 0
  for (const piece of pieces) {
    bytes.set(piece, end)
    end += piece.length
  }
  return bytes
}

function lengthOf(pieces: readonly Bytes[]): number {
  return pieces.reduce((length, piece) => length + piece.length, 0)
}
