import { settlePendingAssignments, type Tensor, Variable } from '@neurite/tensor'
import { checkDecays } from '../argument-checks.ts'
import { byName, type Collection } from '../collection.ts'
import { movingAverage } from '../rules/moving-average.ts'
import { loadVariables } from '../saved-state.ts'

export interface ExponentialMovingAverageOptions {
  /** Share of the averages that stays from step to step, in [0, 1). Default 0.999. */
  readonly decay?: number
}

/**
 * Averages of the parameters over the last steps, which often do better than the parameters themselves (Polyak & Juditsky 1992).
 *
 *     average ← decay · average + (1 − decay) · parameter
 *
 * They start from the parameters' values. Update after every step; swap them in to evaluate and out to go on training.
 */
export class ExponentialMovingAverage {
  readonly #parameters: ReadonlyMap<string, Variable>
  readonly #averages: ReadonlyMap<string, Variable>
  readonly decay: number

  /** @throws RangeError unless `decay` lies in [0, 1). */
  constructor(parameters: Collection<Variable>, options: ExponentialMovingAverageOptions = {}) {
    const { decay = 0.999 } = options
    checkDecays('ExponentialMovingAverage', { decay })
    this.decay = decay
    this.#parameters = byName(parameters)
    this.#averages = new Map([...this.#parameters].map(([name, { value }]) => [name, new Variable(value)]))
  }

  /** Moves the averages towards the present parameters. */
  update(): void {
    settlePendingAssignments()
    for (const [name, average] of this.#averages)
      average.assign(movingAverage(average.value, this.#parameters.get(name)!.value, this.decay))
  }

  /** Exchanges averages and parameters; a second time exchanges them back. */
  swap(): void {
    for (const [name, average] of this.#averages) {
      const parameter = this.#parameters.get(name)!
      const value: Tensor = parameter.value
      parameter.assign(average.value)
      average.assign(value)
    }
  }

  /** The averages, under the names of the parameters. */
  stateDict(): Record<string, Tensor> {
    return Object.fromEntries([...this.#averages].map(([name, { value }]) => [name, value]))
  }

  /**
   * Takes over what `stateDict` gave.
   * @throws Error naming what is missing or unknown, ShapeError where shapes differ. Nothing is changed then.
   */
  loadStateDict(saved: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>): void {
    loadVariables('ExponentialMovingAverage', this.#averages, byName(saved))
  }
}
