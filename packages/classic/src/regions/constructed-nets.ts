// Nets that have just the region they are made for (Lippmann 1987, fig. 14): lines in the first layer, AND in the second, OR in the third.

import type { PlaneLayer, PlaneNet } from './plane-net.ts'

/** The half plane on the left of the way from one point to another. */
export interface HalfPlane {
  readonly from: readonly [x: number, y: number]
  readonly to: readonly [x: number, y: number]
}

/** One layer: 1 on the left of a line. */
export function halfPlaneNet(halfPlane: HalfPlane): PlaneNet {
  return [lines([halfPlane])]
}

/** Two layers: 1 where all half planes overlap, by a node that is on only if all of the first layer are. */
export function convexNet(halfPlanes: readonly HalfPlane[]): PlaneNet {
  return [lines(halfPlanes), and([halfPlanes.length])]
}

/** Three layers: 1 where one at least of several convex regions is, each given by its half planes. */
export function unionNet(regions: readonly (readonly HalfPlane[])[]): PlaneNet {
  const or: PlaneLayer = { weights: [regions.map(() => 1)], offsets: [0.5], nodes: 'hard limiter' }
  return [lines(regions.flat()), and(regions.map(({ length }) => length)), or]
}

/**
 * The half planes that a convex polygon is the overlap of.
 * @throws RangeError if there are fewer than three corners, or they do not go around counterclockwise and turn left at each.
 */
export function halfPlanesOf(corners: readonly (readonly [x: number, y: number])[]): HalfPlane[] {
  if (corners.length < 3) throw new RangeError(`halfPlanesOf: ${corners.length} corners; a polygon has three at least.`)
  return corners.map((from, i) => {
    const [to, next] = [corners[(i + 1) % corners.length]!, corners[(i + 2) % corners.length]!]
    const turn = (to[0] - from[0]) * (next[1] - to[1]) - (to[1] - from[1]) * (next[0] - to[0])
    if (!(turn > 0))
      throw new RangeError(
        `halfPlanesOf: there is no left turn at corner ${(i + 1) % corners.length}; the corners must go around counterclockwise, and the polygon be convex.`,
      )
    return { from, to }
  })
}

function lines(halfPlanes: readonly HalfPlane[]): PlaneLayer {
  const weights = halfPlanes.map(({ from, to }) => [from[1] - to[1], to[0] - from[0]] as const)
  const offsets = halfPlanes.map(({ from }, i) => weights[i]![0] * from[0] + weights[i]![1] * from[1])
  return { weights, offsets, nodes: 'hard limiter' }
}

/** A node for each group of neighbours in the layer below, on if all of its group are. */
function and(groups: readonly number[]): PlaneLayer {
  const total = groups.reduce((sum, size) => sum + size, 0)
  let start = 0
  const weights = groups.map((size) => {
    const row = Array.from({ length: total }, (_, i) => (i >= start && i < start + size ? 1 : 0))
    start += size
    return row
  })
  return { weights, offsets: groups.map((size) => size - 0.5), nodes: 'hard limiter' }
}
