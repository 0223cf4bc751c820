import { buildColumn } from './column.ts'
import { type ColumnKind, inferKind } from './column-kind.ts'
import { Table } from './table.ts'

/** What a row can hold; null, undefined and NaN are missing. */
export type RowValue = number | boolean | string | null | undefined

/**
 * A table of rows, as `readJsonLines` or a program of one's own gives them, with the columns of the first. Numbers, truth values and texts keep their kind; texts that are
 * dates or come again and again become dates and categories, as in `readTable`, unless `kinds` says otherwise.
 * @throws RangeError naming row and column if a column holds values of several types.
 */
export function tableFromRows(
  rows: readonly { readonly [name: string]: RowValue }[],
  kinds: { readonly [name: string]: ColumnKind } = {},
): Table {
  return new Table(
    Object.keys(rows[0] ?? kinds).map((name) => {
      const values = rows.map((row) => row[name] ?? undefined)
      const kind = kinds[name] ?? kindOfValues(name, values)
      return buildColumn(name, kind, kind === 'date' ? values.map(toMilliseconds) : values)
    }),
  )
}

type PresentValue = number | boolean | string

function kindOfValues(name: string, values: readonly (PresentValue | undefined)[]): ColumnKind {
  const present = values.filter((value) => value !== undefined)
  const type = typeof present[0]
  const other = values.findIndex((value) => value !== undefined && typeof value !== type)
  if (other >= 0)
    throw new RangeError(
      `tableFromRows: column ${name} begins with a ${type}, but row ${other} has ${JSON.stringify(values[other])}.`,
    )
  if (type === 'boolean') return 'boolean'
  if (type === 'string') {
    const kind = inferKind(present as readonly string[])
    return kind === 'date' || kind === 'text' ? kind : 'category'
  }
  return present.every((value) => Number.isInteger(value) || Number.isNaN(value)) && present.length > 0
    ? 'integer'
    : 'number'
}

function toMilliseconds(value: PresentValue | undefined): PresentValue | undefined {
  return typeof value === 'string' ? Date.parse(value) : value
}
