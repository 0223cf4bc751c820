import { type Tensor, tensor } from '@neurite/tensor'
import { byName } from '../collection.ts'
import type { ScheduleRule } from './schedule-rule.ts'

/** What a schedule sets: optimizers, or anything else with these numbers. */
export interface Scheduled {
  learningRate: number
  /** Set where the schedule moves it and there is one. */
  momentum?: number | undefined
}

/**
 * Sets the learning rate of an optimizer, or of several, from step to step. Those that they have when it is made are the base
 * rates, each its own; the rate of step 0 is set at once.
 */
export class Schedule {
  readonly #scheduled: readonly Scheduled[]
  readonly #rule: ScheduleRule
  #bases: readonly number[]
  #step = 0

  /** @param scheduled An optimizer, or the `groups` of a `GroupedOptimizer`. */
  constructor(scheduled: Scheduled | readonly Scheduled[], rule: ScheduleRule) {
    this.#scheduled = Array.isArray(scheduled) ? scheduled : [scheduled as Scheduled]
    this.#rule = rule
    this.#bases = this.#scheduled.map(({ learningRate }) => learningRate)
    this.#apply()
  }

  /** The step whose rate is set, from 0. */
  get currentStep(): number {
    return this.#step
  }

  /** Goes on to the next step: after each of the optimizer. */
  step(): void {
    this.#step++
    this.#apply()
  }

  /** The step and the base rates, to go on later as if never stopped. */
  stateDict(): Record<string, Tensor> {
    return {
      step: tensor(this.#step, { dtype: 'int32' }),
      baseLearningRates: tensor([...this.#bases], { dtype: 'float64' }),
    }
  }

  /**
   * Takes over what `stateDict` of such a schedule gave, and sets the rates.
   * @throws Error if something is missing, or the number of optimizers is another.
   */
  loadStateDict(saved: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>): void {
    const { step, baseLearningRates } = Object.fromEntries(byName(saved))
    if (step === undefined || baseLearningRates === undefined)
      throw new Error('Schedule: the saved state lacks step or baseLearningRates.')
    if (baseLearningRates.size !== this.#scheduled.length)
      throw new Error(
        `Schedule: the saved state is that of ${baseLearningRates.size} optimizers, this schedule has ${this.#scheduled.length}.`,
      )
    this.#step = step.itemSync()
    this.#bases = [...baseLearningRates.dataSync()]
    this.#apply()
  }

  #apply(): void {
    for (const [place, scheduled] of this.#scheduled.entries()) {
      scheduled.learningRate = this.#rule.rate(this.#step, this.#bases[place]!)
      if (this.#rule.momentum !== undefined && scheduled.momentum !== undefined)
        scheduled.momentum = this.#rule.momentum(this.#step)
    }
  }
}
