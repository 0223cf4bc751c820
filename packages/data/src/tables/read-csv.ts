import type { ByteSource } from '../readers/byte-source.ts'
import { Stream } from '../streams/stream.ts'
import type { CellValue, ColumnType } from './column-kind.ts'
import { type ColumnTypes, type CsvOptions, CsvRecords } from './csv-records.ts'

/** A row by its columns' names. */
export type CsvRow<Columns extends ColumnTypes> = { readonly [K in keyof Columns]: CellValue<Columns[K]> }

/**
 * Reads CSV row by row, without ever holding the whole: gzipped or plain; RFC 4180, and with other delimiters.
 *
 *     readCsv(openFile('iris.csv'), { columns: { petal_length: 'number', species: 'category' } })   // { petal_length: 1.4, species: 'setosa' }
 *
 * Rows have the columns that are given types; all of them, as the text that stands there, if none is.
 * Walking throws a BadRowError, naming file, line and column, at the first bad row, unless `onBadRow` says otherwise, and a DataFormatError
 * if the file is no CSV text or lacks a column.
 */
export function readCsv(source: ByteSource, options?: CsvOptions<never>): Stream<{ readonly [name: string]: string }>
export function readCsv<const Columns extends ColumnTypes>(
  source: ByteSource,
  options: CsvOptions<Columns> & { readonly columns: Columns },
): Stream<CsvRow<Columns>>
export function readCsv(source: ByteSource, options: CsvOptions = {}): Stream<object> {
  return Stream.from(() => readTypedRows(source, options))
}

async function* readTypedRows(source: ByteSource, options: CsvOptions): AsyncGenerator<object, void, undefined> {
  const records = new CsvRecords(source, options)
  const types = options.columns && Object.entries(options.columns)
  let wanted: [name: string, at: number, type: ColumnType][] | undefined
  for await (const piece of records.pieces())
    for (const record of piece) {
      if (types === undefined) {
        yield Object.fromEntries(records.names!.map((name, at) => [name, record.cells[at]!]))
        continue
      }
      wanted ??= types.map(([name, type]) => [name, records.positionOf(name), type])
      const columns = wanted
      const row = records.parse(() =>
        Object.fromEntries(columns.map(([name, at, type]) => [name, records.parseCell(record, at, type)])),
      )
      if (row !== undefined) yield row
    }
}
