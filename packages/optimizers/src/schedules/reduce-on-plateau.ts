import { type Tensor, tensor } from '@neurite/tensor'
import { checkNotNegative } from '../argument-checks.ts'
import { byName } from '../collection.ts'
import type { Scheduled } from './schedule.ts'

export interface ReduceOnPlateauOptions {
  /** Whether the metric shall fall ('min', the default) or rise. */
  readonly mode?: 'min' | 'max'
  /** Of the learning rate, below 1. Default 0.1. */
  readonly factor?: number
  /** Steps without progress that are tolerated. Default 10. */
  readonly patience?: number
  /** Progress that counts. Default 1e-4. */
  readonly threshold?: number
  /** Whether the threshold is a share of the best metric (default) or a difference. */
  readonly thresholdMode?: 'relative' | 'absolute'
  /** Steps after a reduction that do not count. Default 0. */
  readonly cooldown?: number
  /** The lowest rate. Default 0. */
  readonly minimum?: number
}

const defaults: Required<ReduceOnPlateauOptions> = {
  mode: 'min',
  factor: 0.1,
  patience: 10,
  threshold: 1e-4,
  thresholdMode: 'relative',
  cooldown: 0,
  minimum: 0,
}

/** Changes of the rate that are smaller are not made, as in PyTorch. */
const leastChange = 1e-8

/** Reduces the learning rate of an optimizer, or of several, when a metric stops to improve. PyTorch's ReduceLROnPlateau. */
export class ReduceOnPlateau {
  readonly #scheduled: readonly Scheduled[]
  readonly #options: typeof defaults
  #best: number
  #badSteps = 0
  #cooling = 0

  /** @throws RangeError unless `factor` lies in [0, 1) and the other numbers are not negative. */
  constructor(scheduled: Scheduled | readonly Scheduled[], options: ReduceOnPlateauOptions = {}) {
    const settings = { ...defaults, ...options }
    const { factor, patience, threshold, cooldown, minimum, mode } = settings
    if (!(factor >= 0 && factor < 1))
      throw new RangeError(`ReduceOnPlateau: factor is ${factor}; it must lie in [0, 1).`)
    checkNotNegative('ReduceOnPlateau', { patience, threshold, cooldown, minimum })
    this.#scheduled = Array.isArray(scheduled) ? scheduled : [scheduled as Scheduled]
    this.#options = settings
    this.#best = mode === 'min' ? Infinity : -Infinity
  }

  /** @param metric of the step or epoch that is over. */
  step(metric: number): void {
    const { patience, cooldown } = this.#options
    if (this.#isProgress(metric)) {
      this.#best = metric
      this.#badSteps = 0
    } else this.#badSteps++
    if (this.#cooling > 0) {
      this.#cooling--
      this.#badSteps = 0
    }
    if (this.#badSteps <= patience) return
    this.#reduce()
    this.#cooling = cooldown
    this.#badSteps = 0
  }

  /** What it remembers, to go on later as if never stopped; the rates are in the optimizers' state. */
  stateDict(): Record<string, Tensor> {
    return {
      best: tensor(this.#best, { dtype: 'float64' }),
      badSteps: tensor(this.#badSteps, { dtype: 'int32' }),
      cooling: tensor(this.#cooling, { dtype: 'int32' }),
    }
  }

  /**
   * Takes over what `stateDict` gave.
   * @throws Error if something is missing.
   */
  loadStateDict(saved: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>): void {
    const { best, badSteps, cooling } = Object.fromEntries(byName(saved))
    if (best === undefined || badSteps === undefined || cooling === undefined)
      throw new Error('ReduceOnPlateau: the saved state lacks best, badSteps or cooling.')
    this.#best = best.itemSync()
    this.#badSteps = badSteps.itemSync()
    this.#cooling = cooling.itemSync()
  }

  #isProgress(metric: number): boolean {
    const { mode, threshold, thresholdMode } = this.#options
    const sign = mode === 'min' ? -1 : 1
    if (thresholdMode === 'absolute') return sign * metric > sign * this.#best + threshold
    return sign * metric > sign * this.#best * (1 + sign * threshold)
  }

  #reduce(): void {
    const { factor, minimum } = this.#options
    for (const scheduled of this.#scheduled) {
      const reduced = Math.max(scheduled.learningRate * factor, minimum)
      if (scheduled.learningRate - reduced > leastChange) scheduled.learningRate = reduced
    }
  }
}
