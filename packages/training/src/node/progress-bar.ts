import { SingleBar } from 'cli-progress'
import type { Callback, Run } from '../callbacks/callback.ts'
import type { AnyFigures, EpochRecord } from '../trainer/figures.ts'

/** What is written to: `process.stderr` and `process.stdout` fit. */
export interface ProgressOutput {
  write(text: string): unknown
  /** Whether it is a terminal, where a bar can move. */
  readonly isTTY?: boolean
}

export interface ProgressBarOptions {
  /** Default: process.stderr. */
  readonly output?: ProgressOutput
  /** Shows the figures of an epoch, in a few words. Default: all that are single numbers. */
  readonly figures?: (figures: AnyFigures) => string
}

/** Milliseconds between two readings of the figures, and how many times as long as a reading takes they are at least. */
const readingInterval = 200
const readingFactor = 20
/** Away from a terminal. */
const mostLines = 10
const indentation = '  '

/**
 * Shows how training goes: on a terminal a live bar over the batches of the epoch, and a line for every epoch that has ended;
 * elsewhere plain lines, ten at most. Figures are read from the device five times a second at most, and not at all away from a terminal.
 */
export class ProgressBar implements Callback {
  readonly #output: ProgressOutput
  readonly #show: (figures: AnyFigures) => string
  #bar: SingleBar | undefined
  #readNext = 0
  #begunAt = 0

  constructor({ output = process.stderr, figures = showNumbers }: ProgressBarOptions = {}) {
    this.#output = output
    this.#show = figures
  }

  onEpochStart(run: Run): void {
    this.#begunAt = performance.now()
    if (this.#output.isTTY !== true) return
    const known = run.batches
    this.#bar = new SingleBar({
      stream: this.#output as NodeJS.WriteStream,
      format: `${indentation}{title} {bar} ${known === undefined ? '{value} batches' : '{value}/{total}'}{figures}`,
      ...{ barCompleteChar: '█', barIncompleteChar: '░', barsize: 14 },
      ...{ fps: 12, hideCursor: true, clearOnComplete: true, linewrap: false },
      // Signals are the program's business; cli-progress would end the process.
      gracefulExit: false,
    })
    this.#bar.start(known ?? 1, run.batch, { title: title(run.epoch, run.epochs), figures: '' })
  }

  onStep(run: Run): Promise<void> | void {
    if (this.#bar === undefined) return
    return performance.now() < this.#readNext ? undefined : this.#read(run)
  }

  onEpochEnd(run: Run, record: EpochRecord): void {
    this.#close()
    const { epoch, training, validation } = record
    const isShown = epoch === run.epochs || epoch % Math.ceil(run.epochs / mostLines) === 0
    if (this.#output.isTTY !== true && !isShown) return
    const seconds = ((performance.now() - this.#begunAt) / 1000).toFixed(1)
    const parts = [`${title(epoch, run.epochs)}  ${this.#show(training)}`]
    if (validation !== undefined) parts.push(`validation ${this.#show(validation)}`)
    this.#output.write(`${indentation}${parts.join('  ')}  ${seconds} s\n`)
  }

  onFitEnd(): void {
    this.#close()
  }

  async #read(run: Run): Promise<void> {
    const start = performance.now()
    const figures = `  ${this.#show(await run.figures())}`
    this.#readNext = start + Math.max(readingInterval, readingFactor * (performance.now() - start))
    this.#bar?.update(run.batch, { figures })
  }

  /** Leaves the terminal as it was found. */
  #close(): void {
    this.#bar?.stop()
    this.#bar = undefined
  }
}

function title(epoch: number, epochs: number): string {
  return `epoch ${`${epoch}`.padStart(`${epochs}`.length)}/${epochs}`
}

function showNumbers(figures: AnyFigures): string {
  return Object.entries(figures)
    .flatMap(([name, figure]) => (typeof figure === 'number' ? [`${name} ${showNumber(figure)}`] : []))
    .join('  ')
}

function showNumber(value: number): string {
  const size = Math.abs(value)
  return size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(2) : value.toFixed(4)
}
