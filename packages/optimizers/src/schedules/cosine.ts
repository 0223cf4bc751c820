import { checkNotNegative } from '../argument-checks.ts'
import { checkSteps, type ScheduleRule } from './schedule-rule.ts'

/** From `start` at share 0 to `end` at share 1 along half a wave of the cosine. */
export function alongCosine(start: number, end: number, share: number): number {
  return end + ((start - end) * (1 + Math.cos(Math.PI * share))) / 2
}

export interface CosineAnnealingOptions {
  /** Steps from the base rate to the minimum. */
  readonly steps: number
  /** Default 0. */
  readonly minimum?: number
}

/**
 * From base down to the minimum along a cosine, then up again as far (Loshchilov & Hutter 2017, eq. 5). PyTorch's
 * CosineAnnealingLR.
 *
 *     minimum + (base − minimum) · (1 + cos(π · step / steps)) / 2
 *
 * @throws RangeError unless the number of steps is a positive integer and the minimum not negative.
 */
export function cosineAnnealing({ steps, minimum = 0 }: CosineAnnealingOptions): ScheduleRule {
  checkSteps('cosineAnnealing', { steps })
  checkNotNegative('cosineAnnealing', { minimum })
  return { rate: (step, base) => alongCosine(base, minimum, step / steps) }
}

export interface CosineWarmRestartsOptions {
  /** Steps of the first descent. */
  readonly steps: number
  /** Every descent is as many times as long as the one before. Default 1. */
  readonly growth?: number
  /** Default 0. */
  readonly minimum?: number
}

/**
 * Descents from base to the minimum along a cosine, one after the other (Loshchilov & Hutter 2017, "SGDR"). PyTorch's
 * CosineAnnealingWarmRestarts.
 * @throws RangeError unless both numbers are positive integers and the minimum not negative.
 */
export function cosineWarmRestarts({ steps, growth = 1, minimum = 0 }: CosineWarmRestartsOptions): ScheduleRule {
  checkSteps('cosineWarmRestarts', { steps, growth })
  checkNotNegative('cosineWarmRestarts', { minimum })
  return {
    rate: (step, base) => {
      const { place, length } = descentAt(step, steps, growth)
      return alongCosine(base, minimum, place / length)
    },
  }
}

/** Length of the descent that a step belongs to, and the step's place in it. */
function descentAt(step: number, steps: number, growth: number): { readonly place: number; readonly length: number } {
  if (growth === 1) return { place: step % steps, length: steps }
  let [place, length] = [step, steps]
  while (place >= length) {
    place -= length
    length *= growth
  }
  return { place, length }
}
