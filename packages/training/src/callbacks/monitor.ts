import type { Direction } from '../metrics/index.ts'
import type { EpochRecord } from '../trainer/figures.ts'
import type { Run } from './callback.ts'

/** A figure of an epoch: "validation.loss", "training.accuracy", or whatever you make of its record. */
export type Monitored = `${'training' | 'validation'}.${string}` | ((record: EpochRecord) => number)

export interface MonitorOptions {
  /** What is looked at. Default "validation.loss". */
  readonly monitor?: Monitored
  /** Which way is progress. Default: what the metric says; 'lower' for the loss and for functions. */
  readonly better?: Direction
}

/** Looks at one figure of every epoch. */
export class Monitor {
  readonly #callback: string
  readonly #monitored: Monitored
  readonly #better: Direction | undefined

  constructor(callback: string, { monitor = 'validation.loss', better }: MonitorOptions) {
    this.#callback = callback
    this.#monitored = monitor
    this.#better = better
  }

  /** For messages. */
  get name(): string {
    return typeof this.#monitored === 'string' ? this.#monitored : 'the monitored figure'
  }

  /**
   * The figure of an epoch; undefined where validation was not due.
   * @throws Error if there is no such figure, or it is not one number.
   */
  read(record: EpochRecord): number | undefined {
    if (typeof this.#monitored === 'function') return this.#monitored(record)
    const [part, name] = /^(\w+)\.(.*)$/s.exec(this.#monitored)!.slice(1) as ['training' | 'validation', string]
    const figures = record[part]
    if (figures === undefined) return undefined
    const figure = figures[name]
    if (typeof figure !== 'number')
      throw new Error(
        `${this.#callback} monitors ${this.#monitored}, ` +
          `${figure === undefined ? 'but there is no such figure' : 'which is not one number'}. ` +
          `There are ${Object.keys(figures)
            .map((key) => `${part}.${key}`)
            .join(', ')}.`,
      )
    return figure
  }

  directionIn(run: Run): Direction {
    if (this.#better !== undefined) return this.#better
    const figure =
      typeof this.#monitored === 'string' ? this.#monitored.slice(this.#monitored.indexOf('.') + 1) : 'loss'
    const found = run.directionOf(figure)
    if (found === undefined)
      throw new Error(`${this.#callback}: say whether higher or lower values of ${this.name} are better.`)
    return found
  }

  /**
   * @throws Error if validation data is needed and there is none.
   */
  check(run: Run): void {
    if (run.hasValidation || typeof this.#monitored !== 'string' || !this.#monitored.startsWith('validation.')) return
    throw new Error(
      `${this.#callback} monitors ${this.#monitored}, but there is no validation data. Give \`fit\` some, or monitor "training.loss".`,
    )
  }
}

/** Whether a figure is better than another by more than `least`. NaN never is. */
export function isBetter(figure: number, than: number, direction: Direction, least = 0): boolean {
  return direction === 'lower' ? figure < than - least : figure > than + least
}

/** What every figure is better than. */
export function worst(direction: Direction): number {
  return direction === 'lower' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
}
