import { type Tensor, tensor } from '@neurite/tensor'
import { dealPositions, type SplitOptions } from '../datasets/split.ts'
import { type CategoryColumn, type Column, isMissingAt, lengthOf, takeRows, valueAt } from './column.ts'
import type { CellValue, ColumnKind } from './column-kind.ts'

/** A row by the names of its columns. */
export type TableRow = { readonly [name: string]: CellValue<ColumnKind> }

/**
 * Named columns of equal length, in memory: what `readTable` makes of a file, and what features are fitted to. Tables do not change;
 * methods give new ones.
 */
export class Table {
  readonly columns: readonly Column[]
  /** Number of rows. */
  readonly length: number
  readonly #byName: ReadonlyMap<string, Column>

  /** @throws RangeError if two columns have one name, or they differ in length. */
  constructor(columns: readonly Column[]) {
    this.columns = columns
    this.length = columns[0] === undefined ? 0 : lengthOf(columns[0])
    this.#byName = new Map(columns.map((column) => [column.name, column]))
    const other = columns.find((column) => lengthOf(column) !== this.length)
    if (other !== undefined)
      throw new RangeError(
        `Table: column ${other.name} has ${lengthOf(other)} rows, but column ${columns[0]!.name} ${this.length}.`,
      )
    if (this.#byName.size < columns.length)
      throw new RangeError(`Table: two columns have the same name, of ${this.names.join(', ')}.`)
  }

  get names(): string[] {
    return this.columns.map(({ name }) => name)
  }

  /** @throws RangeError with the names that there are, if it is none of them. */
  column(name: string): Column {
    const column = this.#byName.get(name)
    if (column === undefined)
      throw new RangeError(`Table: there is no column ${JSON.stringify(name)}; there are ${this.names.join(', ')}.`)
    return column
  }

  /** The column's numbers: also 1 and 0 of truth values, milliseconds of dates. @throws RangeError if it holds none. */
  numbers(name: string): Float64Array {
    const column = this.column(name)
    if (column.kind === 'category' || column.kind === 'text')
      throw new RangeError(`Table: column ${name} holds no numbers: it is of kind ${column.kind}.`)
    return column.values
  }

  /** The column's categories and their codes. @throws RangeError if it holds none. */
  categories(name: string): CategoryColumn {
    const column = this.column(name)
    if (column.kind !== 'category')
      throw new RangeError(
        `Table: column ${name} holds no categories: it is of kind ${column.kind}. Say so when it is read: columns: { ${name}: 'category' }.`,
      )
    return column
  }

  /** The columns named, in that order. */
  select(...names: readonly string[]): Table {
    return new Table(names.map((name) => this.column(name)))
  }

  /** All columns but those named. */
  without(...names: readonly string[]): Table {
    const out = new Set(names.map((name) => this.column(name).name))
    return new Table(this.columns.filter(({ name }) => !out.has(name)))
  }

  /** With a column more, or another in the place of the one of its name. */
  with(column: Column): Table {
    const others = this.columns.map((own) => (own.name === column.name ? column : own))
    return new Table(this.#byName.has(column.name) ? others : [...others, column])
  }

  /** The rows at the positions, in their order. @throws RangeError if one is none. */
  take(rows: ArrayLike<number>): Table {
    const outside = Array.from(rows).find((row) => !Number.isInteger(row) || row < 0 || row >= this.length)
    if (outside !== undefined)
      throw new RangeError(`Table: row ${outside} is none of ${this.length} rows, 0 to ${this.length - 1}.`)
    return new Table(this.columns.map((column) => takeRows(column, rows)))
  }

  /** The rows that `keep` is true of. */
  filter(keep: (row: TableRow, position: number) => boolean): Table {
    return this.take(this.#rowsWhere((row) => keep(this.row(row), row)))
  }

  /** The rows in which none of the columns named, or none at all, has a missing value. */
  dropMissing(...names: readonly string[]): Table {
    const columns = names.length === 0 ? this.columns : names.map((name) => this.column(name))
    return this.take(this.#rowsWhere((row) => !columns.some((column) => isMissingAt(column, row))))
  }

  /** How many values are missing in each column. */
  countMissing(): Record<string, number> {
    return Object.fromEntries(
      this.columns.map((column) => [column.name, this.#rowsWhere((row) => isMissingAt(column, row)).length]),
    )
  }

  /** Deals the rows randomly into parts, as `split` does examples: by counts, or by fractions that add up to 1. */
  split<const Sizes extends readonly number[]>(sizes: Sizes, options?: SplitOptions): { [I in keyof Sizes]: Table } {
    const parts = dealPositions(this.length, sizes, options)
    return parts.map((rows) => this.take(rows)) as { [I in keyof Sizes]: Table }
  }

  row(position: number): TableRow {
    return Object.fromEntries(this.columns.map((column) => [column.name, valueAt(column, position)]))
  }

  *rows(): Generator<TableRow, void, undefined> {
    for (let row = 0; row < this.length; row++) yield this.row(row)
  }

  /** The numbers of the columns named, or of all, as they are: float32 [rows, columns]. Missing ones are NaN. */
  matrix(...names: readonly string[]): Tensor<[number, number], 'float32'> {
    const columns = (names.length === 0 ? this.names : names).map((name) => this.numbers(name))
    const data = new Float32Array(this.length * columns.length)
    for (const [at, values] of columns.entries())
      for (let row = 0; row < this.length; row++) data[row * columns.length + at] = values[row]!
    return tensor(data, { shape: [this.length, columns.length] as [number, number] })
  }

  #rowsWhere(keep: (row: number) => boolean): number[] {
    const rows: number[] = []
    for (let row = 0; row < this.length; row++) if (keep(row)) rows.push(row)
    return rows
  }
}
