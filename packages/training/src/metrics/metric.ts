import type { Tensor, TypedArray } from '@neurite/tensor'

/** What a metric results in: a number, one for each class, or a matrix by rows. */
export type Figure = number | readonly number[] | readonly (readonly number[])[]

/** Which way is up. */
export type Direction = 'higher' | 'lower'

/** What a metric takes down of a batch. No name is used twice. */
export interface BatchStatistics {
  /** Added up over batches on the device, in float64; always of the same shapes. */
  readonly sums?: Readonly<Record<string, Tensor>>
  /** Kept for every example, in order: for what no sum can express. Flattened. */
  readonly rows?: Readonly<Record<string, Tensor>>
}

/** Statistics of all batches, by name. */
export type Collected = Readonly<Record<string, TypedArray>>

/**
 * A figure over all examples of an epoch, exact whatever the batches are: never a mean of batches' means.
 *
 * A metric of your own is an object with these members.
 */
export interface Metric<Output = Tensor, Target = Tensor, Result extends Figure = Figure> {
  /** What callbacks take for progress; absent where neither is. */
  readonly better?: Direction
  /** Part of the compiled step: builds graph, and reads nothing. */
  statistics(output: Output, target: Target): BatchStatistics
  result(collected: Collected): Result
}

/** The single number of a statistic. */
export function numberOf(collected: Collected, name: string): number {
  return collected[name]![0]!
}
