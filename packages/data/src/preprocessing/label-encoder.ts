import { type Tensor, tensor } from '@neurite/tensor'
import { sortCategories, valueAt } from '../tables/column.ts'
import type { Table } from '../tables/table.ts'

/**
 * The classes of a column as numbers from 0: what crossEntropy wants as targets. Classes are words or numbers (as in a last column of
 * 0, 1, 2), in alphabetical order or by size.
 *
 *     const labels = LabelEncoder.fit(train, 'species')
 *     labels.apply(train)   // int32 [n]
 *     labels.classes        // ['setosa', 'versicolor', 'virginica']
 */
export class LabelEncoder {
  /** The column's name. */
  readonly column: string
  readonly classes: readonly string[]
  readonly #codeOf: ReadonlyMap<string, number>

  /** One fitted before, from `toJSON`. */
  constructor({ column, classes }: { readonly column: string; readonly classes: readonly string[] }) {
    this.column = column
    this.classes = classes
    this.#codeOf = new Map(classes.map((name, code) => [name, code]))
  }

  /** By the classes of a column of training rows. @throws RangeError if one is missing. */
  static fit(table: Table, column: string): LabelEncoder {
    const own = table.column(column)
    const classes =
      own.kind === 'category' ? own.categories : sortCategories(new Set(textsOf('LabelEncoder.fit', table, column)))
    return new LabelEncoder({ column, classes })
  }

  /** The classes of the table's rows: int32 [n]. @throws RangeError naming the row if its class is missing, or was never seen. */
  apply(table: Table): Tensor<[number], 'int32'> {
    const codes = textsOf('LabelEncoder', table, this.column).map((text, row) => {
      const code = this.#codeOf.get(text)
      if (code === undefined)
        throw new RangeError(
          `LabelEncoder: ${JSON.stringify(text)} in row ${row} of ${this.column} is none of the classes ${this.classes.join(', ')}.`,
        )
      return code
    })
    return tensor(Int32Array.from(codes))
  }

  /** The classes that numbers stand for. @throws RangeError if one stands for none. */
  decode(codes: ArrayLike<number>): string[] {
    return Array.from(codes, (code) => {
      const name = this.classes[code]
      if (name === undefined)
        throw new RangeError(`LabelEncoder: ${code} is the number of no class; there are ${this.classes.length}.`)
      return name
    })
  }

  toJSON(): { readonly column: string; readonly classes: readonly string[] } {
    return { column: this.column, classes: this.classes }
  }
}

function textsOf(what: string, table: Table, name: string): string[] {
  const column = table.column(name)
  return Array.from({ length: table.length }, (_, row) => {
    const value = valueAt(column, row)
    if (value === undefined || Number.isNaN(value))
      throw new RangeError(
        `${what}: the class is missing in row ${row} of ${name}; leave out such rows with dropMissing.`,
      )
    return String(value)
  })
}
