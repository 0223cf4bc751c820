import type { Attributes, Named, Word } from '../format/recorded.ts'
import { lookUp, missing } from './operation.ts'

/** What a schedule moves: an optimizer, or the numbers alone. */
export interface Scheduled {
  learningRate: number
  momentum?: number
}

export interface Schedule {
  /** Goes on to the next step; a metric is what ReduceLROnPlateau watches. */
  step(metric?: number): void
}

type Maker = (scheduled: Scheduled, attributes: Attributes) => Schedule

export const schedules: Named<Maker | typeof missing> = {
  ConstantLR: missing,
  CosineAnnealingLR: missing,
  CosineAnnealingWarmRestarts: missing,
  CyclicLR: missing,
  ExponentialLR: missing,
  LinearLR: missing,
  MultiStepLR: missing,
  OneCycleLR: missing,
  PolynomialLR: missing,
  ReduceLROnPlateau: missing,
  SequentialLR: missing,
  StepLR: missing,
}

/** @throws UnknownWordError or MissingWordError. */
export function makeSchedule({ op, attrs }: Word, scheduled: Scheduled): Schedule {
  return lookUp(schedules, op)(scheduled, attrs)
}
