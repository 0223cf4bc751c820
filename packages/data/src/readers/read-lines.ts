import { Stream } from '../streams/stream.ts'
import { type ByteSource, nameOfSource, readBytes } from './byte-source.ts'
import { decodeText } from './decode-text.ts'

export interface TextOptions {
  /** utf-8 if not given; any name that TextDecoder knows. */
  readonly encoding?: string
  /** What errors call the source; its own name if not given. */
  readonly name?: string
}

/** A text's lines, without their ends (LF or CR LF), one after the other. Walking throws a DataFormatError if the bytes are no text. */
export function readLines(source: ByteSource, options: TextOptions = {}): Stream<string> {
  return Stream.from(() => splitLines(source, options))
}

async function* splitLines(source: ByteSource, options: TextOptions): AsyncGenerator<string, void, undefined> {
  let rest = ''
  for await (const text of readPieces(source, options)) {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    for (const line of lines) yield withoutReturn(line)
  }
  if (rest !== '') yield withoutReturn(rest)
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

/** A whole text. @throws DataFormatError if the bytes are no text. */
export async function readText(source: ByteSource, options: TextOptions = {}): Promise<string> {
  let all = ''
  for await (const text of readPieces(source, options)) all += text
  return all
}

function readPieces(
  source: ByteSource,
  { encoding, name = nameOfSource(source, 'text') }: TextOptions,
): AsyncGenerator<string> {
  return decodeText(readBytes(source, name), name, encoding)
}
