import { checkNotNegative } from '../argument-checks.ts'
import { checkSteps, type ScheduleRule } from './schedule-rule.ts'

export interface CyclicOptions {
  /** The lowest rate. */
  readonly minimum: number
  /** The highest rate, of the first cycle at least. */
  readonly maximum: number
  /** Steps up. Default 2,000. */
  readonly stepsUp?: number
  /** Steps down. Default: as many as up. */
  readonly stepsDown?: number
  /** Whether peaks stay ('constant', the default), are halved from cycle to cycle, or shrink by `gamma` from step to step. */
  readonly peaks?: 'constant' | 'halving' | 'exponential'
  /** Of peaks that shrink exponentially. Default 1. */
  readonly gamma?: number
  /** Lowest and highest momentum, which goes the other way. Default [0.8, 0.9]. */
  readonly momentum?: readonly [number, number]
}

/**
 * Up and down in straight lines, again and again (Smith 2017, "Cyclical learning rates"). PyTorch's CyclicLR. The rate that the
 * optimizer had does not count.
 * @throws RangeError unless the numbers of steps are positive integers and the rates not negative.
 */
export function cyclic(options: CyclicOptions): ScheduleRule {
  const { minimum, maximum, stepsUp = 2000, stepsDown = stepsUp, peaks = 'constant', gamma = 1 } = options
  const [low, high] = options.momentum ?? [0.8, 0.9]
  checkSteps('cyclic', { stepsUp, stepsDown })
  checkNotNegative('cyclic', { minimum, maximum, gamma })
  const length = stepsUp + stepsDown
  const peakAt = {
    constant: () => 1,
    halving: (step: number) => 2 ** -Math.floor(step / length),
    exponential: (step: number) => gamma ** step,
  }[peaks]
  if (peakAt === undefined)
    throw new RangeError(`cyclic: peaks are '${peaks}'; they must be constant, halving or exponential.`)
  const height = (step: number): number => {
    const place = step % length
    return peakAt(step) * (place <= stepsUp ? place / stepsUp : (length - place) / stepsDown)
  }
  return {
    rate: (step) => minimum + (maximum - minimum) * height(step),
    momentum: (step) => high - (high - low) * height(step),
  }
}
