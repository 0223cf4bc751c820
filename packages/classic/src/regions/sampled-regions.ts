import { compile } from '@neurite/compiler'
import { ShapeError, showShape, type Tensor, tensor } from '@neurite/tensor'
import { checkCount } from '../patterns/argument-checks.ts'
import type { PlaneWindow } from './convex-cell.ts'

export interface SampledRegionsOptions {
  /** Samples along x and along y, default 64. */
  readonly columns?: number
  readonly rows?: number
  /** What a single output has to be above for class 1, default 0.5; 0 for logits. */
  readonly threshold?: number
}

/** The classes that a model gives the points of a grid over a window. */
export interface SampledRegions {
  readonly window: PlaneWindow
  readonly columns: number
  readonly rows: number
  /** Row by row from the top left, at the middles of the grid's fields. */
  readonly labels: Int32Array
}

/** What the samples of a region look like; between them it may be otherwise. */
export interface SampledShape {
  /** Whether no sample outside the region lies between, on a straight line, samples inside. */
  readonly looksConvex: boolean
  /** Groups of samples that are neighbours along x or y. */
  readonly parts: number
  /** Share of the window's samples that are inside. */
  readonly share: number
}

/**
 * Samples the decision regions of any model of the plane: points [N, 2] → [N] or [N, 1], one output, or [N, C], the largest is the class.
 * @throws ShapeError if the model's outputs have another shape; RangeError if the window is empty or an option not in its range.
 */
export async function sampleRegions(
  model: (points: Tensor<[number, 2], 'float32'>) => Tensor,
  window: PlaneWindow,
  options: SampledRegionsOptions = {},
): Promise<SampledRegions> {
  const { columns = 64, rows = 64, threshold = 0.5 } = options
  checkCount('sampleRegions', 'columns', columns)
  checkCount('sampleRegions', 'rows', rows)
  const { left, right, bottom, top } = window
  if (!(right > left && top > bottom))
    throw new RangeError(`sampleRegions: the window from ${left} to ${right} and from ${bottom} to ${top} is empty.`)
  const points = Float32Array.from({ length: 2 * columns * rows }, (_, i) => {
    const place = Math.floor(i / 2)
    if (i % 2 === 0) return left + ((right - left) * ((place % columns) + 0.5)) / columns
    return top - ((top - bottom) * (Math.floor(place / columns) + 0.5)) / rows
  })
  const classify = compile((x: Tensor<[number, 2], 'float32'>) => classesOf(model(x), columns * rows, threshold))
  const labels = await classify(tensor(points, { shape: [columns * rows, 2] })).data()
  return { window, columns, rows, labels: Int32Array.from(labels) }
}

function classesOf(outputs: Tensor, count: number, threshold: number): Tensor {
  const [points, classes = 1, ...more] = outputs.shape
  if (points !== count || more.length > 0)
    throw new ShapeError(
      `sampleRegions: the model answers ${count} points by ${showShape(outputs.shape)}; it must be [${count}], [${count}, 1] or [${count}, classes].`,
    )
  if (classes === 1) return outputs.reshape([count]).greater(threshold).cast('int32')
  return outputs.argMax(1)
}

/** What the region of a class looks like in the samples. */
export function sampledShape({ labels, columns, rows }: SampledRegions, label = 1): SampledShape {
  const inside = [...labels.keys()].filter((place) => labels[place] === label)
  const hull = convexHull(inside.map((place) => [place % columns, Math.floor(place / columns)]))
  const dents = [...labels.keys()].some(
    (place) => labels[place] !== label && isWithin(hull, [place % columns, Math.floor(place / columns)]),
  )
  return { looksConvex: !dents, parts: countParts(labels, columns, rows, label), share: inside.length / labels.length }
}

type GridPoint = readonly [x: number, y: number]

/** Corners of the convex hull, counterclockwise (Andrew 1979, the monotone chain). */
function convexHull(points: readonly GridPoint[]): GridPoint[] {
  const sorted = points.toSorted((p, q) => p[0] - q[0] || p[1] - q[1])
  if (sorted.length < 3) return sorted
  const chain = (ordered: readonly GridPoint[]): GridPoint[] => {
    const kept: GridPoint[] = []
    for (const point of ordered) {
      while (kept.length >= 2 && turn(kept.at(-2)!, kept.at(-1)!, point) <= 0) kept.pop()
      kept.push(point)
    }
    return kept.slice(0, -1)
  }
  return [...chain(sorted), ...chain(sorted.toReversed())]
}

function isWithin(hull: readonly GridPoint[], point: GridPoint): boolean {
  if (hull.length < 3) {
    const [p, q] = hull
    if (p === undefined || q === undefined) return false
    const between = (point[0] - p[0]) * (point[0] - q[0]) + (point[1] - p[1]) * (point[1] - q[1]) <= 0
    return between && turn(p, q, point) === 0
  }
  return hull.every((corner, i) => turn(corner, hull[(i + 1) % hull.length]!, point) >= 0)
}

function turn(p: GridPoint, q: GridPoint, r: GridPoint): number {
  return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
}

function countParts(labels: Int32Array, columns: number, rows: number, label: number): number {
  const unvisited = new Set([...labels.keys()].filter((place) => labels[place] === label))
  let parts = 0
  for (const start of unvisited) {
    parts++
    const waiting = [start]
    unvisited.delete(start)
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop())
      for (const neighbour of neighboursOf(place, columns, rows))
        if (unvisited.delete(neighbour)) waiting.push(neighbour)
  }
  return parts
}

function neighboursOf(place: number, columns: number, rows: number): number[] {
  const [x, y] = [place % columns, Math.floor(place / columns)]
  const found = y > 0 ? [place - columns] : []
  if (y < rows - 1) found.push(place + columns)
  if (x > 0) found.push(place - 1)
  if (x < columns - 1) found.push(place + 1)
  return found
}
