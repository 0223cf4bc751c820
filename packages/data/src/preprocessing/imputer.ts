import { type CategoryColumn, type Column, isMissingAt, type NumericColumn } from '../tables/column.ts'
import type { Table } from '../tables/table.ts'

export interface ImputerOptions {
  /** The columns to fill; all that hold numbers or categories if not given. */
  readonly columns?: readonly string[]
  /** What stands in for missing numbers: the column's mean (default), its median, its most frequent number, or a number of one's own. */
  readonly numbers?: 'mean' | 'median' | 'mostFrequent' | number
  /** What stands in for missing categories: the most frequent (default), or a name of one's own, which becomes a category. */
  readonly categories?: 'mostFrequent' | { readonly name: string }
}

/** What stands in for what is missing, by column. */
export interface ImputerState {
  readonly values: { readonly [column: string]: number | string }
}

/**
 * Fills missing values, by what it has seen of the training rows. Truth values take the most frequent one. Among those equally frequent the
 * least counts.
 *
 *     const imputer = Imputer.fit(train, { numbers: 'median' })
 *     imputer.apply(test)
 */
export class Imputer {
  readonly values: { readonly [column: string]: number | string }

  /** One fitted before, from `toJSON`. */
  constructor({ values }: ImputerState) {
    this.values = values
  }

  /** @throws RangeError if all values of a column are missing. */
  static fit(table: Table, options: ImputerOptions = {}): Imputer {
    const names = options.columns ?? table.names.filter((name) => table.column(name).kind !== 'text')
    return new Imputer({
      values: Object.fromEntries(names.map((name) => [name, standIn(table.column(name), options)])),
    })
  }

  /** The table with nothing missing in the columns fitted. */
  apply(table: Table): Table {
    return Object.entries(this.values).reduce(
      (filled, [name, value]) => filled.with(fill(table.column(name), value)),
      table,
    )
  }

  toJSON(): ImputerState {
    return { values: this.values }
  }
}

function standIn(column: Column, { numbers = 'mean', categories = 'mostFrequent' }: ImputerOptions): number | string {
  switch (column.kind) {
    case 'text':
      throw new RangeError(`Imputer.fit: column ${column.name} holds text; only numbers and categories are filled.`)
    case 'category':
      if (categories !== 'mostFrequent') return categories.name
      return column.categories[mostFrequent(present(column, column.codes))]!
    case 'boolean':
      return mostFrequent(present(column, column.values))
    default:
      if (typeof numbers === 'number') return numbers
      return summarize(present(column, column.values), numbers)
  }
}

function present(column: Column, values: ArrayLike<number>): number[] {
  const found = Array.from(values).filter((_, row) => !isMissingAt(column, row))
  if (found.length === 0) throw new RangeError(`Imputer.fit: all values of column ${column.name} are missing.`)
  return found
}

function summarize(values: number[], how: 'mean' | 'median' | 'mostFrequent'): number {
  if (how === 'mean') return values.reduce((sum, value) => sum + value, 0) / values.length
  if (how === 'mostFrequent') return mostFrequent(values)
  const sorted = values.sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] < a[0]) ? b : a))[0]
}

function fill(column: Column, value: number | string): Column {
  if (column.kind === 'category' && typeof value === 'string') return fillCategories(column, value)
  if (column.kind === 'category' || column.kind === 'text' || typeof value === 'string')
    throw new RangeError(
      `Imputer: column ${column.name} is of kind ${column.kind}; it was another when the imputer was fitted.`,
    )
  return fillNumbers(column, value)
}

function fillNumbers(column: NumericColumn, value: number): NumericColumn {
  const kind = column.kind === 'integer' && !Number.isInteger(value) ? 'number' : column.kind
  return { ...column, kind, values: column.values.map((own) => (Number.isNaN(own) ? value : own)) }
}

function fillCategories(column: CategoryColumn, value: string): CategoryColumn {
  const known = column.categories.indexOf(value)
  const code = known < 0 ? column.categories.length : known
  const categories = known < 0 ? [...column.categories, value] : column.categories
  return { ...column, categories, codes: column.codes.map((own) => (own < 0 ? code : own)) }
}
