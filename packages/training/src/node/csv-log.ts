import { appendFile } from 'node:fs/promises'
import { stringify } from 'csv-stringify/sync'
import type { Callback, Run } from '../callbacks/callback.ts'
import type { AnyFigures, EpochRecord } from '../trainer/figures.ts'
import { replaceFile } from './file-storage.ts'

/**
 * A line of a CSV file for every epoch: epoch, step, learningRate, training.loss, validation.loss, … Figures that are no single
 * numbers are JSON. At the start the file is written anew with the epochs before, so that after a resumption none is missing or twice.
 */
export class CsvLog implements Callback {
  readonly #path: string
  #columns: readonly string[] | undefined

  constructor(path: string) {
    this.#path = path
  }

  async onFitStart({ history }: Run): Promise<void> {
    this.#columns = undefined
    await replaceFile(this.#path, history.map((record) => this.#lines(record, history)).join(''))
  }

  async onEpochEnd({ history, hasValidation }: Run, record: EpochRecord): Promise<void> {
    // Validation may come only in later epochs; its columns are as those of training.
    const expected = hasValidation ? [{ ...record, validation: record.training }] : history
    await appendFile(this.#path, this.#lines(record, [record, ...expected]))
  }

  /** The record's line, with the names of the columns above where it is the first. */
  #lines(record: EpochRecord, records: readonly EpochRecord[]): string {
    const cells = cellsOf(record)
    if (this.#columns !== undefined) return stringify([this.#columns.map((column) => cells[column] ?? '')])
    this.#columns = [...new Set(records.flatMap((other) => Object.keys(cellsOf(other))))]
    return stringify([this.#columns, this.#columns.map((column) => cells[column] ?? '')])
  }
}

function cellsOf({ epoch, step, learningRate, training, validation }: EpochRecord): Record<string, string> {
  const figures = (part: string, values: AnyFigures | undefined): [string, string][] =>
    Object.entries(values ?? {}).map(([name, figure]) => [
      `${part}.${name}`,
      typeof figure === 'number' ? `${figure}` : JSON.stringify(figure),
    ])
  return {
    ...{ epoch: `${epoch}`, step: `${step}`, learningRate: `${learningRate}` },
    ...Object.fromEntries([...figures('training', training), ...figures('validation', validation)]),
  }
}
