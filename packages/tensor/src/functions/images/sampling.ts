// Positions along an axis from which a resized axis is sampled, computed once when the graph is made.

/** For each element of the resized axis its place on the axis before, as a fraction of elements. */
export type Places = readonly number[]

/** How long the axis was, how long it becomes, and by which factor it grows, which need not be exactly to / from. */
export interface Resizing {
  readonly from: number
  readonly to: number
  /** As a fraction, so that places that are whole numbers come out whole. */
  readonly factor: { readonly numerator: number; readonly denominator: number }
}

/** The element in which the sample begins. */
export function nearestPlaces({ from, to, factor }: Resizing): Places {
  return Array.from({ length: to }, (_, i) => Math.min(Math.floor(before(i, factor)), from - 1))
}

/** Centres of samples among centres of elements; before the first centre it is the first. */
export function centredPlaces({ to, factor }: Resizing): Places {
  return Array.from({ length: to }, (_, i) => Math.max(0, before(i + 0.5, factor) - 0.5))
}

/** The first and the last sample are the first and the last element. */
export function cornerPlaces({ from, to }: Resizing): Places {
  return Array.from({ length: to }, (_, i) => (to > 1 ? (i * (from - 1)) / (to - 1) : 0))
}

/** A distance from the start as it was before resizing. */
function before(distance: number, { numerator, denominator }: Resizing['factor']): number {
  return (distance * denominator) / numerator
}
