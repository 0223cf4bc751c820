// Schedules as arithmetic: functions of the step, so that a schedule is resumed by its step alone.

/** What is in use during a step, counted from 0. */
export interface ScheduleRule {
  /** The learning rate, given that which the optimizer had when the schedule was made. */
  rate(step: number, base: number): number
  /** The momentum, where the schedule moves it too. */
  momentum?(step: number): number
}

/** @throws RangeError unless every value is an integer of at least 1. */
export function checkSteps(schedule: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${schedule}: ${name} is ${value}; it must be a positive integer.`)
}
