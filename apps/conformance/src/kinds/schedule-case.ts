import { tensor } from '@neurite/tensor'
import type { OperationCase } from '../format/recorded.ts'
import { makeSchedule } from '../vocabulary/schedules.ts'
import { type Comparison, recordedNumbers } from './comparison.ts'

/** The learning rate from `base_lr` on, the schedule advancing once after every step. */
export interface ScheduleCase extends OperationCase {
  readonly base_lr: number
  /** What ReduceLROnPlateau is told after each step. */
  readonly metrics?: readonly number[]
  readonly expected: { readonly lr: readonly number[]; readonly momentum?: readonly number[] }
}

/** The rates, and momenta where recorded, in use during each step. */
export function compareSchedule(recorded: ScheduleCase): readonly Comparison[] {
  const { base_lr, metrics, expected, tolerance } = recorded
  const scheduled = { learningRate: base_lr, momentum: Number.NaN }
  const schedule = makeSchedule(recorded, scheduled)
  const inUse = expected.lr.map((_, step) => {
    const { learningRate, momentum } = scheduled
    schedule.step(metrics?.[step])
    return { learningRate, momentum }
  })
  const beside = (what: string, found: readonly number[], wanted: readonly number[]): Comparison => ({
    what,
    actual: tensor(Float64Array.from(found)),
    expected: recordedNumbers(wanted),
    tolerance,
  })
  const rates = beside(
    'lr',
    inUse.map(({ learningRate }) => learningRate),
    expected.lr,
  )
  if (expected.momentum === undefined) return [rates]
  return [
    rates,
    beside(
      'momentum',
      inUse.map(({ momentum }) => momentum),
      expected.momentum,
    ),
  ]
}
