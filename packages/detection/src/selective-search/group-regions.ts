import { mergedRegion, type Region } from './region.ts'
import type { Segmentation } from './segment-image.ts'
import { type Measure, similarity } from './similarity.ts'

/**
 * Regions of all sizes (Uijlings et al. 2013, algorithm 1): again and again the two neighbours that are most alike become one, until there is one.
 * @returns The regions of the segments, then those made of them, in the order in which they were made: the last is the whole image.
 */
export function groupRegions(
  segments: readonly Region[],
  segmentation: Segmentation,
  width: number,
  measures: readonly Measure[],
): Region[] {
  const pixels = segmentation.labels.length
  const regions = [...segments]
  const neighbours = neighboursOf(segmentation, width)
  const alike = (a: number, b: number): Pair => ({
    a,
    b,
    value: similarity(regions[a]!, regions[b]!, pixels, measures),
  })
  let pairs = neighbours.flatMap((others, a) => [...others].filter((b) => b > a).map((b) => alike(a, b)))
  while (pairs.length > 0) {
    const { a, b } = pairs.reduce((best, pair) => (pair.value > best.value ? pair : best))
    const merged = regions.push(mergedRegion(regions[a]!, regions[b]!)) - 1
    const others = new Set([...neighbours[a]!, ...neighbours[b]!])
    others.delete(a)
    others.delete(b)
    neighbours.push(others)
    pairs = pairs.filter((pair) => pair.a !== a && pair.b !== a && pair.a !== b && pair.b !== b)
    for (const other of others) {
      neighbours[other]!.delete(a)
      neighbours[other]!.delete(b)
      neighbours[other]!.add(merged)
      pairs.push(alike(other, merged))
    }
  }
  return regions
}

interface Pair {
  readonly a: number
  readonly b: number
  readonly value: number
}

/** Which segments touch which. */
function neighboursOf({ labels, count }: Segmentation, width: number): Set<number>[] {
  const neighbours = Array.from({ length: count }, () => new Set<number>())
  const touch = (a: number, b: number): void => {
    if (a === b) return
    neighbours[a]!.add(b)
    neighbours[b]!.add(a)
  }
  for (let i = 0; i < labels.length; i++) {
    if ((i + 1) % width !== 0) touch(labels[i]!, labels[i + 1]!)
    if (i + width < labels.length) touch(labels[i]!, labels[i + width]!)
  }
  return neighbours
}
