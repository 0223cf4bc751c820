import { type Patterns, readPatterns, rowOf } from '../patterns/pattern.ts'
import { HopfieldNet, type HopfieldOptions } from './hopfield-net.ts'

/**
 * Patterns near the given ones of −1 and 1 that a Hopfield net can hold: as long as one is not stable, it is replaced by the state it
 * falls into (nodes updated from first to last). Two patterns may become one.
 * @throws Error if that does not end within `maxRounds` (default 100) rounds.
 */
export function makeStorable(
  patterns: Patterns,
  options: HopfieldOptions & { readonly maxRounds?: number } = {},
): Float64Array[] {
  const { maxRounds = 100, ...netOptions } = options
  const rows = readPatterns('makeStorable', patterns, 'bipolar', undefined)
  let current: Float64Array[] = Array.from({ length: rows.count }, (_, index) => rowOf(rows, index).slice())
  for (let round = 0; round < maxRounds; round++) {
    const net = new HopfieldNet(rows.size, netOptions).train(current)
    const attractors = current.map((pattern) => net.recall(pattern, { update: 'sequential' }).state)
    if (attractors.every((state, index) => state.every((value, node) => value === current[index]![node])))
      return current
    current = attractors
  }
  throw new Error(`makeStorable: some pattern is still not stable after ${maxRounds} rounds.`)
}
