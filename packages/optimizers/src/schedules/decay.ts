import { checkNotNegative } from '../argument-checks.ts'
import { checkSteps, type ScheduleRule } from './schedule-rule.ts'

export interface StepDecayOptions {
  /** Steps between two changes. */
  readonly stepSize: number
  /** Factor of each change. Default 0.1. */
  readonly gamma?: number
}

/**
 * base · gamma^⌊step / stepSize⌋. PyTorch's StepLR.
 * @throws RangeError unless the step size is a positive integer and gamma not negative.
 */
export function stepDecay({ stepSize, gamma = 0.1 }: StepDecayOptions): ScheduleRule {
  checkSteps('stepDecay', { stepSize })
  checkNotNegative('stepDecay', { gamma })
  return { rate: (step, base) => base * gamma ** Math.floor(step / stepSize) }
}

export interface MultiStepDecayOptions {
  /** The steps at which the rate changes. */
  readonly milestones: readonly number[]
  /** Factor of each change. Default 0.1. */
  readonly gamma?: number
}

/**
 * base · gamma^(number of milestones reached). PyTorch's MultiStepLR.
 * @throws RangeError if gamma is negative.
 */
export function multiStepDecay({ milestones, gamma = 0.1 }: MultiStepDecayOptions): ScheduleRule {
  checkNotNegative('multiStepDecay', { gamma })
  return { rate: (step, base) => base * gamma ** milestones.filter((milestone) => step >= milestone).length }
}

/**
 * base · gamma^step. PyTorch's ExponentialLR.
 * @throws RangeError if gamma is negative.
 */
export function exponentialDecay({ gamma }: { readonly gamma: number }): ScheduleRule {
  checkNotNegative('exponentialDecay', { gamma })
  return { rate: (step, base) => base * gamma ** step }
}

export interface PolynomialDecayOptions {
  /** Steps until the rate is 0. */
  readonly steps: number
  /** 1 (default) is a straight line. */
  readonly power?: number
}

/**
 * base · (1 − step / steps)^power, then 0. PyTorch's PolynomialLR.
 * @throws RangeError unless the number of steps is a positive integer and the power not negative.
 */
export function polynomialDecay({ steps, power = 1 }: PolynomialDecayOptions): ScheduleRule {
  checkSteps('polynomialDecay', { steps })
  checkNotNegative('polynomialDecay', { power })
  return { rate: (step, base) => base * (1 - Math.min(step, steps) / steps) ** power }
}
