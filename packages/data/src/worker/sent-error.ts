import { DataFormatError } from '../data-format-error.ts'
import { BadRowError } from '../readers/bad-row-error.ts'
import type { SentError } from './messages.ts'

export function packError(error: unknown): SentError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  if (!(error instanceof BadRowError)) return { name, message, stack }
  const { file, line, column, problem } = error
  return { name, message, stack, row: { file, line, column, problem } }
}

const classes: Readonly<Record<string, new (message: string) => Error>> = {
  DataFormatError,
  RangeError,
  TypeError,
  SyntaxError,
}

/** The error of the worker, of the same class where that is known here; its stack is the worker's. */
export function unpackError({ name, message, stack, row }: SentError): Error {
  const error = row === undefined ? new (classes[name] ?? Error)(message) : new BadRowError(row, row.problem)
  if (error.name !== name) Object.defineProperty(error, 'name', { value: name, configurable: true })
  if (stack !== undefined) error.stack = stack
  return error
}
