import type { Planes } from './colour-space.ts'
import { DisjointSets } from './disjoint-sets.ts'
import { gaussianBlur } from './gaussian-blur.ts'

export interface SegmentOptions {
  /** k: the larger, the larger the segments. */
  readonly scale: number
  /** Smaller segments, in pixels, join the neighbour that they differ least from. */
  readonly minimumSize: number
  /** Standard deviation of the Gaussian that the image is smoothed by, in pixels. */
  readonly sigma: number
}

/** A partition of an image's pixels. */
export interface Segmentation {
  /** The segment of each pixel, row by row. */
  readonly labels: Int32Array
  readonly count: number
}

/**
 * Segments by colour (Felzenszwalb & Huttenlocher 2004, "Efficient graph-based image segmentation", algorithm 1).
 *
 * Neighbouring pixels, diagonal ones too, are joined by edges that weigh the difference of their colours. From the lightest edge on, two segments become
 * one where the edge weighs no more than the heaviest one inside of either, plus k over its size.
 */
export function segmentImage(image: Planes, { scale, minimumSize, sigma }: SegmentOptions): Segmentation {
  const smooth = gaussianBlur(image, sigma)
  const edges = edgesByWeight(smooth)
  const sets = new DisjointSets(image.width * image.height)
  // The most that an edge may weigh to join a segment to another.
  const tolerance = new Float64Array(image.width * image.height).fill(scale)
  for (let e = 0; e < edges.count; e++) {
    const [a, b] = [sets.find(edges.from[e]!), sets.find(edges.to[e]!)]
    const weight = edges.weights[e]!
    if (a === b || weight > tolerance[a]! || weight > tolerance[b]!) continue
    const root = sets.union(a, b)
    tolerance[root] = weight + scale / sets.sizeOf(root)
  }
  for (let e = 0; e < edges.count; e++) {
    const [a, b] = [sets.find(edges.from[e]!), sets.find(edges.to[e]!)]
    if (a !== b && Math.min(sets.sizeOf(a), sets.sizeOf(b)) < minimumSize) sets.union(a, b)
  }
  return labelled(sets, image.width * image.height)
}

interface Edges {
  readonly count: number
  readonly from: Int32Array
  readonly to: Int32Array
  readonly weights: Float64Array
}

function edgesByWeight({ width, height, channels }: Planes): Edges {
  const neighbours = [
    [1, 0],
    [0, 1],
    [1, 1],
    [-1, 1],
  ] as const
  const from: number[] = []
  const to: number[] = []
  const weights: number[] = []
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (const [right, down] of neighbours) {
        const [x, y] = [column + right, row + down]
        if (x < 0 || x >= width || y >= height) continue
        const [a, b] = [row * width + column, y * width + x]
        let square = 0
        for (const plane of channels) square += (plane[a]! - plane[b]!) ** 2
        from.push(a)
        to.push(b)
        weights.push(Math.sqrt(square))
      }
  const order = ascending(weights)
  return {
    count: order.length,
    from: Int32Array.from(order, (e) => from[e]!),
    to: Int32Array.from(order, (e) => to[e]!),
    weights: Float64Array.from(order, (e) => weights[e]!),
  }
}

/** The places of the weights from the lightest on. Numbers sort ten times as fast without a comparison function: weight, to 1/1024, and place in one. */
function ascending(weights: readonly number[]): Float64Array {
  const count = weights.length
  const keys = Float64Array.from(weights, (weight, e) => Math.round(weight * 1024) * count + e).sort()
  return keys.map((key) => key % count)
}

function labelled(sets: DisjointSets, pixels: number): Segmentation {
  const labelOfRoot = new Map<number, number>()
  const labels = new Int32Array(pixels)
  for (let i = 0; i < pixels; i++) {
    const root = sets.find(i)
    let label = labelOfRoot.get(root)
    if (label === undefined) {
      label = labelOfRoot.size
      labelOfRoot.set(root, label)
    }
    labels[i] = label
  }
  return { labels, count: labelOfRoot.size }
}
