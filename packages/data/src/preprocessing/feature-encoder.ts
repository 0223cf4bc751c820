import { type Tensor, tensor } from '@neurite/tensor'
import { type Column, isMissingAt, lengthOf, sortCategories, valueAt } from '../tables/column.ts'
import type { Table } from '../tables/table.ts'
import { measure, scaleOr1 } from './scaling.ts'

/**
 * How a column becomes features: shifted and scaled to mean 0 and standard deviation 1, or into [0, 1]; as its numbers are; or one feature for
 * each of its values, 1 where the row has it and 0 elsewhere.
 */
export type Encoding = 'standardize' | 'minMax' | 'asIs' | 'oneHot'

export interface FeatureOptions {
  /** How each column is encoded; those not named are left out. All but texts and dates, by their kinds, if not given. */
  readonly columns?: { readonly [name: string]: Encoding }
  /** Columns to leave out, where `columns` is not given: the target. */
  readonly except?: readonly string[]
  /** How numbers and integers are encoded where `columns` does not say: 'standardize' if not given. Truth values stay 0 and 1. */
  readonly numbers?: 'standardize' | 'minMax' | 'asIs'
  /** What a category that was never seen becomes: an error (default), or zeros. */
  readonly unseen?: 'error' | 'zeros'
}

/** A column as it was fitted: (value − shift) / scale, or one feature for each of the values. */
export type FittedColumn =
  | { readonly name: string; readonly shift: number; readonly scale: number }
  | { readonly name: string; readonly values: readonly string[] }

export interface FeatureEncoderState {
  readonly columns: readonly FittedColumn[]
  readonly unseen: 'error' | 'zeros'
}

/**
 * Makes a matrix of features from a table, by what it has seen of the training rows: numbers standardised, categories one-hot, unless told otherwise.
 *
 *     const features = FeatureEncoder.fit(train, { except: ['species'] })
 *     features.apply(test)   // float32 [n, features.names.length]
 *     features.names         // ['bill_length_mm', …, 'island=Biscoe', 'island=Dream', …]
 *
 * Missing values are an error: leave out their rows (`table.dropMissing`) or fill them (`Imputer`) before.
 */
export class FeatureEncoder {
  readonly columns: readonly FittedColumn[]
  readonly unseen: 'error' | 'zeros'
  /** The features' names: the column's, or `column=value`. */
  readonly names: readonly string[]

  /** One fitted before, from `toJSON`. */
  constructor({ columns, unseen }: FeatureEncoderState) {
    this.columns = columns
    this.unseen = unseen
    this.names = columns.flatMap((column) =>
      'values' in column ? column.values.map((value) => `${column.name}=${value}`) : [column.name],
    )
  }

  /** @throws RangeError if there are no rows, a value is missing, or a column cannot be encoded so. */
  static fit(table: Table, options: FeatureOptions = {}): FeatureEncoder {
    if (table.length === 0) throw new RangeError('FeatureEncoder.fit: there are no rows to fit to.')
    const encodings = options.columns ?? encodingsOf(table, options)
    const columns = Object.entries(encodings).map(([name, encoding]) => fitColumn(table.column(name), encoding))
    return new FeatureEncoder({ columns, unseen: options.unseen ?? 'error' })
  }

  /** The table's rows as features: float32 [rows, names.length]. @throws RangeError naming column and row if a value is missing or was never seen. */
  apply(table: Table): Tensor<[number, number], 'float32'> {
    const width = this.names.length
    const data = new Float32Array(table.length * width)
    let first = 0
    for (const fitted of this.columns) {
      const column = table.column(fitted.name)
      expectPresent('FeatureEncoder', column)
      if ('values' in fitted)
        this.#writeOneHot(column, fitted.values, (row, at) => (data[row * width + first + at] = 1))
      else {
        const values = table.numbers(fitted.name)
        for (const [row, value] of values.entries()) data[row * width + first] = (value - fitted.shift) / fitted.scale
      }
      first += 'values' in fitted ? fitted.values.length : 1
    }
    return tensor(data, { shape: [table.length, width] as [number, number] })
  }

  #writeOneHot(column: Column, values: readonly string[], mark: (row: number, at: number) => void): void {
    const places = new Map(values.map((value, at) => [value, at]))
    for (let row = 0; row < lengthOf(column); row++) {
      const value = String(valueAt(column, row))
      const at = places.get(value)
      if (at !== undefined) mark(row, at)
      else if (this.unseen === 'error')
        throw new RangeError(
          `FeatureEncoder: ${JSON.stringify(value)} in row ${row} of ${column.name} was never seen; seen were ${values.join(', ')}. ` +
            "With unseen: 'zeros' it gives no feature.",
        )
    }
  }

  toJSON(): FeatureEncoderState {
    return { columns: this.columns, unseen: this.unseen }
  }
}

function encodingsOf(table: Table, { except = [], numbers = 'standardize' }: FeatureOptions): Record<string, Encoding> {
  const left = table.without(...except).columns.filter(({ kind }) => kind !== 'text' && kind !== 'date')
  return Object.fromEntries(
    left.map(({ name, kind }) => [name, kind === 'category' ? 'oneHot' : kind === 'boolean' ? 'asIs' : numbers]),
  )
}

function fitColumn(column: Column, encoding: Encoding): FittedColumn {
  const { name } = column
  expectPresent('FeatureEncoder.fit', column)
  if (encoding === 'oneHot') return { name, values: valuesOf(column) }
  if (column.kind === 'category' || column.kind === 'text')
    throw new RangeError(
      `FeatureEncoder.fit: column ${name} is of kind ${column.kind}; it can be encoded 'oneHot', not '${encoding}'.`,
    )
  const { values } = column
  if (encoding === 'asIs') return { name, shift: 0, scale: 1 }
  if (encoding === 'minMax') {
    const least = values.reduce((a, b) => Math.min(a, b))
    return { name, shift: least, scale: scaleOr1(values.reduce((a, b) => Math.max(a, b)) - least, least) }
  }
  const { mean, standardDeviation } = measure(values)
  return { name, shift: mean, scale: scaleOr1(standardDeviation, mean) }
}

function valuesOf(column: Column): readonly string[] {
  if (column.kind === 'category') return column.categories
  return sortCategories(new Set(Array.from({ length: lengthOf(column) }, (_, row) => String(valueAt(column, row)))))
}

function expectPresent(what: string, column: Column): void {
  for (let row = 0; row < lengthOf(column); row++)
    if (isMissingAt(column, row))
      throw new RangeError(
        `${what}: the value of column ${column.name} is missing in row ${row}; leave such rows out (table.dropMissing) or fill them (Imputer).`,
      )
}
