import { loadStateDict } from '@neurite/layers'
import type { Tensor } from '@neurite/tensor'
import type { EpochRecord } from '../trainer/figures.ts'
import type { Callback, CallbackState, Run } from './callback.ts'
import { isBetter, Monitor, type MonitorOptions, worst } from './monitor.ts'

export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without progress that are tolerated. Default 0: the first one ends training. */
  readonly patience?: number
  /** Progress that counts. Default 0: any. */
  readonly leastProgress?: number
  /** Whether training ends with the weights of the best epoch. Default true. */
  readonly restoreBest?: boolean
}

/** Ends training when a figure stops to improve, and brings the best weights back (Prechelt 1998, "Early Stopping – But When?"). */
export class EarlyStopping implements Callback {
  readonly name: string
  readonly #monitor: Monitor
  readonly #patience: number
  readonly #leastProgress: number
  readonly #restoreBest: boolean
  #best: number | undefined
  #bestEpoch = 0
  #weights: Readonly<Record<string, Tensor>> | undefined

  /** @throws RangeError if `patience` is no natural number, or `leastProgress` negative. */
  constructor(options: EarlyStoppingOptions = {}) {
    const { patience = 0, leastProgress = 0, restoreBest = true } = options
    if (!Number.isInteger(patience) || patience < 0)
      throw new RangeError(`EarlyStopping: patience is ${patience}; it must be a natural number.`)
    if (!(leastProgress >= 0))
      throw new RangeError(`EarlyStopping: leastProgress is ${leastProgress}; it must not be negative.`)
    this.#monitor = new Monitor('EarlyStopping', options)
    this.name = `early stopping on ${this.#monitor.name}`
    this.#patience = patience
    this.#leastProgress = leastProgress
    this.#restoreBest = restoreBest
  }

  /** The best epoch so far, from 1; 0 before there is one. */
  get bestEpoch(): number {
    return this.#bestEpoch
  }

  onFitStart(run: Run): void {
    this.#monitor.check(run)
  }

  onEpochEnd(run: Run, record: EpochRecord): void {
    const figure = this.#monitor.read(record)
    if (figure === undefined) return
    const direction = this.#monitor.directionIn(run)
    if (isBetter(figure, this.#best ?? worst(direction), direction, this.#leastProgress)) {
      this.#best = figure
      this.#bestEpoch = record.epoch
      if (this.#restoreBest) this.#weights = run.weights()
      return
    }
    const stale = record.epoch - this.#bestEpoch
    if (stale > this.#patience)
      run.stop(`${this.#monitor.name} has not improved since epoch ${this.#bestEpoch} (${this.#best}).`)
  }

  onFitEnd(run: Run): void {
    if (this.#weights !== undefined) loadStateDict(run.parts, this.#weights)
  }

  saveState(): CallbackState {
    return { values: { best: this.#best, bestEpoch: this.#bestEpoch }, tensors: this.#weights ?? {} }
  }

  loadState({ values, tensors = {} }: CallbackState): void {
    const { best, bestEpoch } = values as { readonly best?: number; readonly bestEpoch: number }
    this.#best = best
    this.#bestEpoch = bestEpoch
    this.#weights = Object.keys(tensors).length > 0 ? tensors : undefined
  }
}
