import type { ReduceOnPlateau } from '@neurite/optimizers'
import type { EpochRecord } from '../trainer/figures.ts'
import type { Callback, CallbackState, Run } from './callback.ts'
import { Monitor, type Monitored } from './monitor.ts'

/**
 * Reduces the learning rate when a figure stops to improve: steps a `ReduceOnPlateau` of @neurite/optimizers at the end of every
 * epoch, and saves and resumes it. Which way is progress is that one's option `mode`.
 *
 *     new ReduceRateOnPlateau(new ReduceOnPlateau(optimizer, { factor: 0.5, patience: 2 }))
 */
export class ReduceRateOnPlateau implements Callback {
  readonly name: string
  readonly #plateau: ReduceOnPlateau
  readonly #monitor: Monitor

  /** @param monitor What is looked at. Default "validation.loss". */
  constructor(plateau: ReduceOnPlateau, { monitor }: { readonly monitor?: Monitored } = {}) {
    this.#plateau = plateau
    this.#monitor = new Monitor('ReduceRateOnPlateau', monitor === undefined ? {} : { monitor })
    this.name = `reduce rate on plateau of ${this.#monitor.name}`
  }

  onFitStart(run: Run): void {
    this.#monitor.check(run)
  }

  onEpochEnd(_: Run, record: EpochRecord): void {
    const figure = this.#monitor.read(record)
    if (figure !== undefined) this.#plateau.step(figure)
  }

  saveState(): CallbackState {
    return { tensors: this.#plateau.stateDict() }
  }

  loadState({ tensors = {} }: CallbackState): void {
    this.#plateau.loadStateDict(tensors)
  }
}
