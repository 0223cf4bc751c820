import type { CellValue, ColumnKind } from './column-kind.ts'

/** Numbers, whole numbers, dates (milliseconds since 1970 UTC) or truth values (1 and 0). NaN is a missing one. */
export interface NumericColumn {
  readonly name: string
  readonly kind: 'number' | 'integer' | 'date' | 'boolean'
  readonly values: Float64Array
}

/** Categories: each row has the position of its category in the list; −1 is a missing one. */
export interface CategoryColumn {
  readonly name: string
  readonly kind: 'category'
  readonly codes: Int32Array
  readonly categories: readonly string[]
}

/** Text; undefined is missing. */
export interface TextColumn {
  readonly name: string
  readonly kind: 'text'
  readonly values: readonly (string | undefined)[]
}

export type Column = NumericColumn | CategoryColumn | TextColumn

export function lengthOf(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length
}

export function isMissingAt(column: Column, row: number): boolean {
  if (column.kind === 'category') return column.codes[row]! < 0
  const value = column.values[row]
  return value === undefined || Number.isNaN(value)
}

/** A cell as a row has it: a number, a truth value or a text; NaN or undefined where it is missing. */
export function valueAt(column: Column, row: number): CellValue<ColumnKind> {
  switch (column.kind) {
    case 'category':
      return column.categories[column.codes[row]!]
    case 'boolean':
      return isMissingAt(column, row) ? undefined : column.values[row] !== 0
    default:
      return column.values[row]
  }
}

export function takeRows(column: Column, rows: ArrayLike<number>): Column {
  switch (column.kind) {
    case 'category':
      return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) }
    case 'text':
      return { ...column, values: Array.from(rows, (row) => column.values[row]) }
    default:
      return { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
  }
}

/**
 * A column of values as rows have them. Categories are in alphabetical order (numbers among them by size), unless they are given.
 * @throws RangeError if a category is none of those given.
 */
export function buildColumn(
  name: string,
  kind: ColumnKind,
  values: readonly (number | boolean | string | undefined)[],
  categories?: readonly string[],
): Column {
  switch (kind) {
    case 'category':
      return buildCategories(name, values as readonly (string | undefined)[], categories)
    case 'text':
      return { name, kind, values: values as readonly (string | undefined)[] }
    default:
      return {
        name,
        kind,
        values: Float64Array.from(values, (value) => (value === undefined ? Number.NaN : Number(value))),
      }
  }
}

function buildCategories(
  name: string,
  values: readonly (string | undefined)[],
  given: readonly string[] | undefined,
): CategoryColumn {
  const categories = given ?? sortCategories(new Set(values.filter((value) => value !== undefined)))
  const codeOf = new Map(categories.map((category, code) => [category, code]))
  const codes = Int32Array.from(values, (value) => {
    const code = value === undefined ? -1 : codeOf.get(value)
    if (code === undefined) throw new RangeError(`Column ${name}: ${value} is none of ${categories.join(', ')}.`)
    return code
  })
  return { name, kind: 'category', codes, categories }
}

/** By size if all are numbers, else by code unit: the same on every machine. */
export function sortCategories(categories: Iterable<string>): string[] {
  const all = [...categories]
  const byNumber = all.every((category) => category.trim() !== '' && Number.isFinite(Number(category)))
  return byNumber ? all.sort((a, b) => Number(a) - Number(b)) : all.sort()
}
