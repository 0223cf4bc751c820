import { DataFormatError } from '../data-format-error.ts'

export interface BadRow {
  /** The source's name. */
  readonly file: string
  /** The line on which the row begins, from 1. */
  readonly line: number
  /** The column's name, if it is one cell. */
  readonly column?: string | undefined
}

/** A row that is not what it should be: `iris.csv:17, column petal_width: "wide" is no number.` */
export class BadRowError extends DataFormatError {
  override readonly name = 'BadRowError'
  readonly file: string
  readonly line: number
  readonly column: string | undefined
  /** What is wrong, without the place. */
  readonly problem: string

  constructor({ file, line, column }: BadRow, problem: string, options?: ErrorOptions) {
    super(`${file}:${line}${column === undefined ? '' : `, column ${column}`}: ${problem}`, options)
    this.file = file
    this.line = line
    this.column = column
    this.problem = problem
  }
}

/** What happens to a bad row: it is an error, is left out, or is left out and told to a function. */
export type OnBadRow = 'error' | 'skip' | ((error: BadRowError) => void)

export function meetBadRow(onBadRow: OnBadRow, error: BadRowError): void {
  if (onBadRow === 'error') throw error
  if (onBadRow !== 'skip') onBadRow(error)
}
