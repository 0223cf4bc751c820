import { DataFormatError } from '../data-format-error.ts'
import { BadRowError, meetBadRow, type OnBadRow } from '../readers/bad-row-error.ts'
import { type ByteSource, nameOfSource, readBytes } from '../readers/byte-source.ts'
import { decodeText } from '../readers/decode-text.ts'
import { type ColumnType, missingMarks, parseCell } from './column-kind.ts'
import { type CsvDialect, type CsvRecord, CsvSplitter } from './csv-splitter.ts'

/** The types of columns by their names. */
export type ColumnTypes = { readonly [name: string]: ColumnType }

export interface CsvOptions<Columns extends ColumnTypes = ColumnTypes> extends CsvDialect {
  /** The columns' names; the first row has them if not given. */
  readonly names?: readonly string[]
  /** Whether the first row names the columns: true, unless `names` are given. With both, `names` replace those of the file. */
  readonly header?: boolean
  /** What columns hold. */
  readonly columns?: Columns
  /** What stands for a missing value, without spaces around it. Default: nothing, ?, NA, N/A, n/a, <NA>, NaN, nan, null, NULL, None. */
  readonly missing?: readonly string[]
  /** What happens to rows with too few or too many cells, cells that are not what they should be, or broken quotes: 'error' if not given. */
  readonly onBadRow?: OnBadRow
  /** utf-8 if not given; any name that TextDecoder knows. */
  readonly encoding?: string
  /** What errors call the source; its own name if not given. */
  readonly name?: string
}

/** The rows of a CSV file as text, each with as many cells as there are columns. */
export class CsvRecords {
  /** What errors call the source. */
  readonly file: string
  /** The columns' names; known once rows are read, unless they are given. */
  names: readonly string[] | undefined
  readonly #source: ByteSource
  readonly #options: CsvOptions
  readonly #missing: ReadonlySet<string>

  constructor(source: ByteSource, options: CsvOptions) {
    this.file = options.name ?? nameOfSource(source, 'CSV data')
    this.names = options.names
    this.#source = source
    this.#options = options
    this.#missing = new Set(options.missing ?? missingMarks)
  }

  /** The rows, those of a piece of the file together: each is looked at when its turn comes. */
  async *pieces(): AsyncGenerator<Iterable<CsvRecord>, void, undefined> {
    let isHeader = this.#options.header ?? this.#options.names === undefined
    for await (const records of this.#split()) {
      if (isHeader && records[0] !== undefined) {
        isHeader = false
        const header = records.shift()!
        this.names ??= this.#namesOf(header)
      }
      yield this.#wholeRows(records)
    }
    if (this.names === undefined)
      throw new DataFormatError(`${this.file}: has no rows, and nothing that names the columns.`)
  }

  *#wholeRows(records: readonly CsvRecord[]): Generator<CsvRecord, void, undefined> {
    for (const record of records) {
      this.names ??= record.cells.map((_, at) => `column${at + 1}`)
      const problem = record.problem ?? countProblem(record.cells, this.names)
      if (problem === undefined) yield record
      else this.meet(new BadRowError({ file: this.file, line: record.line }, problem))
    }
  }

  /** Where the column stands in rows. @throws DataFormatError if there is none. */
  positionOf(name: string): number {
    const at = this.names?.indexOf(name) ?? -1
    if (at < 0)
      throw new DataFormatError(
        `${this.file}: there is no column ${JSON.stringify(name)}; there are ${this.names?.join(', ')}.`,
      )
    return at
  }

  isMissing(text: string): boolean {
    return this.#missing.has(text.trim())
  }

  /** What `parse` makes of the row; undefined if it is bad, and left out. */
  parse<Row>(parse: () => Row): Row | undefined {
    try {
      return parse()
    } catch (error) {
      if (!(error instanceof BadRowError)) throw error
      this.meet(error)
      return undefined
    }
  }

  /** @throws BadRowError if the cell is not what its column holds. */
  parseCell({ cells, line }: CsvRecord, at: number, type: ColumnType): number | boolean | string | undefined {
    try {
      return parseCell(cells[at]!, type, this.#missing)
    } catch (cause) {
      throw new BadRowError({ file: this.file, line, column: this.names?.[at] }, (cause as Error).message, { cause })
    }
  }

  meet(error: BadRowError): void {
    meetBadRow(this.#options.onBadRow ?? 'error', error)
  }

  async *#split(): AsyncGenerator<CsvRecord[], void, undefined> {
    const splitter = new CsvSplitter(this.#options)
    const bytes = readBytes(this.#source, this.file)
    for await (const text of decodeText(bytes, this.file, this.#options.encoding)) yield splitter.push(text)
    yield splitter.finish()
  }

  #namesOf({ cells, problem, line }: CsvRecord): string[] {
    const names = cells.map((cell, at) => cell.trim() || `column${at + 1}`)
    const again = names.find((name, at) => names.indexOf(name) < at)
    const wrong =
      problem ?? (again && `two columns are named ${JSON.stringify(again)}; give other names with the option names.`)
    if (wrong !== undefined) throw new BadRowError({ file: this.file, line }, wrong)
    return names
  }
}

function countProblem(cells: readonly string[], names: readonly string[]): string | undefined {
  if (cells.length === names.length) return undefined
  return `the row has ${cells.length} cells, but there are ${names.length} columns.`
}
