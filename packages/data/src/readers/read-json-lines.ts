import type { Json } from '../streams/cursor.ts'
import { Stream } from '../streams/stream.ts'
import { BadRowError, meetBadRow, type OnBadRow } from './bad-row-error.ts'
import { type ByteSource, nameOfSource } from './byte-source.ts'
import { readLines, type TextOptions } from './read-lines.ts'

export interface JsonLinesOptions<Row> extends TextOptions {
  /** Makes a row of a line's value, or throws what is wrong with it: a check of one's own, or a schema's `parse`. */
  readonly parse?: (value: Json) => Row
  /** What happens to lines that are no JSON or that `parse` refuses: 'error' if not given. */
  readonly onBadRow?: OnBadRow
}

/**
 * The values of JSON lines (one on each line), gzipped or plain. Blank lines are left out. Walking throws a BadRowError, naming file and line, at the first bad one, unless
 * `onBadRow` says otherwise.
 */
export function readJsonLines<Row = Json>(source: ByteSource, options: JsonLinesOptions<Row> = {}): Stream<Row> {
  return Stream.from(() => parseLines(source, options))
}

async function* parseLines<Row>(
  source: ByteSource,
  { parse = (value) => value as Row, onBadRow = 'error', ...options }: JsonLinesOptions<Row>,
): AsyncGenerator<Row, void, undefined> {
  const file = options.name ?? nameOfSource(source, 'JSON lines')
  let line = 0
  for await (const text of readLines(source, { ...options, name: file })) {
    line++
    if (text.trim() === '') continue
    let row: Row
    try {
      row = parse(parseJson(text))
    } catch (cause) {
      meetBadRow(onBadRow, new BadRowError({ file, line }, (cause as Error).message, { cause }))
      continue
    }
    yield row
  }
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SyntaxError(`the line is no JSON (${(cause as Error).message}).`, { cause })
  }
}
