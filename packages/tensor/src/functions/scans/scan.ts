import type { Tensor } from '../../tensor.ts'

/** Several tensors of one shape that are scanned together. */
export type Scanned = readonly Tensor[]

/**
 * Running results of an associative operation along an axis: y₀ = x₀, yᵢ = combine(yᵢ₋₁, xᵢ).
 *
 * In ⌈log₂ n⌉ steps, each of which brings together what lies 1, 2, 4, … positions apart (Hillis & Steele 1986).
 * @param identity For each tensor what stands before its first element, which `combine` ignores.
 */
export function scan(
  start: Scanned,
  axis: number,
  identity: readonly number[],
  combine: (earlier: Scanned, later: Scanned) => Scanned,
): Scanned {
  const length: number = start[0]!.shape[axis]
  let running = start
  for (let distance = 1; distance < length; distance *= 2)
    running = combine(
      running.map((x, i) => shifted(x, axis, { distance, value: identity[i]! })),
      running,
    )
  return running
}

/** Elements moved towards the end, `value` moving in at the start. */
function shifted(x: Tensor, axis: number, { distance, value }: { distance: number; value: number }): Tensor {
  const along = (amount: number): number[] => Array.from(x.shape, (_, i) => (i === axis ? amount : 0))
  return x.pad({ low: along(distance), high: along(-distance), value })
}
