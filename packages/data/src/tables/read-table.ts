import type { ByteSource } from '../readers/byte-source.ts'
import { buildColumn } from './column.ts'
import { type ColumnType, inferKind, kindOf } from './column-kind.ts'
import { type CsvOptions, CsvRecords } from './csv-records.ts'
import type { CsvRecord } from './csv-splitter.ts'
import { Table } from './table.ts'

/**
 * Reads a CSV file into memory. Columns whose type is not given get the first kind of boolean, integer, number, date, category and text that
 * all their values fit; see `ColumnKind`.
 *
 *     const table = await readTable(openFile('penguins.csv'))
 *     table.column('sex').kind   // 'category'
 *
 * @throws BadRowError naming file, line and column, at the first bad row, unless `onBadRow` says otherwise.
 * @throws DataFormatError if the file is no CSV text, or lacks a column.
 */
export async function readTable(source: ByteSource, options: CsvOptions = {}): Promise<Table> {
  const { columns = {} } = options
  const records = new CsvRecords(source, options)
  const rows: CsvRecord[] = []
  for await (const piece of records.pieces()) for (const row of piece) rows.push(row)
  const names = records.names!
  for (const name of Object.keys(columns)) records.positionOf(name)
  const types = names.map((name, at) => columns[name] ?? inferKindOf(rows, at, records))
  const parsed = rows.flatMap((row) => {
    const values = records.parse(() => types.map((type, at) => records.parseCell(row, at, type)))
    return values === undefined ? [] : [values]
  })
  return new Table(
    types.map((type, at) =>
      buildColumn(
        names[at]!,
        kindOf(type),
        parsed.map((values) => values[at]),
        typeof type === 'string' ? undefined : type.categories,
      ),
    ),
  )
}

function inferKindOf(rows: readonly CsvRecord[], at: number, records: CsvRecords): ColumnType {
  return inferKind(rows.map(({ cells }) => cells[at]!).filter((text) => !records.isMissing(text)))
}
