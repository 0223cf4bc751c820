// How gains and radii change in the course of a training.

/** A value for a share of the training that is over, from 0 up to 1. */
export type Schedule = (share: number) => number

/** From `start` to `end` in equal steps: start + (end − start) t/T. */
export function linearSchedule(start: number, end: number): Schedule {
  return (share) => start + (end - start) * share
}

/**
 * From `start` to `end` by equal factors: start (end / start)^(t/T).
 * @throws RangeError if one of them is not positive.
 */
export function exponentialSchedule(start: number, end: number): Schedule {
  if (!(start > 0 && end > 0))
    throw new RangeError(`exponentialSchedule: from ${start} to ${end}; both must be positive.`)
  return (share) => start * (end / start) ** share
}
