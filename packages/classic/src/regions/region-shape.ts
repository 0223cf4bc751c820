import type { ConvexCell, Edge } from './convex-cell.ts'
import type { DecisionCell } from './decision-cells.ts'

/** What a region looks like, in the words of Lippmann 1987, fig. 14. */
export type RegionType = 'empty' | 'everything' | 'half plane' | 'convex open' | 'convex closed' | 'arbitrary'

export interface RegionShape {
  readonly type: RegionType
  readonly isConvex: boolean
  /** Whether it reaches to infinity nowhere. */
  readonly isClosed: boolean
  /** The number of its parts; those that touch in a corner only are two. */
  readonly parts: number
  readonly isConnected: boolean
  /** The number of lines that its border lies on. */
  readonly sides: number
  readonly cells: number
}

/**
 * The shape of the region where a net answers `label`, decided from its cells: it is convex if and only if it lies, as a whole, on one side of every line that its border
 * lies on.
 */
export function regionShape(cells: readonly DecisionCell[], label = 1): RegionShape {
  const region = cells.filter((cell) => cell.label === label).map(({ cell }) => cell)
  const edges = region.map((cell) => cell.edges)
  const borders = edges.flatMap((own, i) =>
    own.filter((edge) => isBorder(edge, edges.filter((_, j) => j !== i).flat())),
  )
  const sides = distinctLines(borders)
  const isConvex = borders.every(({ line }) => region.every((cell) => cell.isOnPositiveSideOf(line)))
  const isClosed = region.every((cell) => cell.isBounded)
  const parts = countParts(edges)
  const type = typeOf(region, sides, isConvex, isClosed)
  return { type, isConvex, isClosed, parts, isConnected: parts <= 1, sides, cells: region.length }
}

function typeOf(region: readonly ConvexCell[], sides: number, isConvex: boolean, isClosed: boolean): RegionType {
  if (region.length === 0) return 'empty'
  if (sides === 0) return 'everything'
  if (!isConvex) return 'arbitrary'
  if (sides === 1) return 'half plane'
  return isClosed ? 'convex closed' : 'convex open'
}

/** Lines that are told apart, and lengths that count, relative to coordinates of about 1. */
const tolerance = 1e-8

/** Whether some of an edge has no other cell of the region behind it. */
function isBorder(edge: Edge, others: readonly Edge[]): boolean {
  const behind = others.filter((other) => areOpposite(edge, other)).map((other) => seenFromBehind(other))
  let covered = edge.from
  for (const { from, to } of behind.toSorted((p, q) => p.from - q.from)) {
    if (from > covered + tolerance) return true
    covered = Math.max(covered, to)
  }
  return covered < edge.to - tolerance
}

/** Whether two edges have part of a line between them. */
function meet(edge: Edge, other: Edge): boolean {
  if (!areOpposite(edge, other)) return false
  const { from, to } = seenFromBehind(other)
  return Math.min(edge.to, to) - Math.max(edge.from, from) > tolerance
}

function areOpposite({ line: p }: Edge, { line: q }: Edge): boolean {
  return Math.max(Math.abs(p.a + q.a), Math.abs(p.b + q.b), Math.abs(p.c + q.c) / Math.hypot(1, p.c)) < tolerance
}

/** The ends of an edge on the same line seen from its other side. */
function seenFromBehind({ from, to }: Edge): { readonly from: number; readonly to: number } {
  return { from: -to, to: -from }
}

function distinctLines(edges: readonly Edge[]): number {
  const lines: Edge[] = []
  for (const edge of edges) if (!lines.some((known) => areSame(known, edge))) lines.push(edge)
  return lines.length
}

function areSame({ line: p }: Edge, { line: q }: Edge): boolean {
  const same = Math.max(Math.abs(p.a - q.a), Math.abs(p.b - q.b), Math.abs(p.c - q.c) / Math.hypot(1, p.c))
  return same < tolerance
}

/** How many groups of cells there are between which there is no way across edges. */
function countParts(edges: readonly (readonly Edge[])[]): number {
  const unvisited = new Set(edges.keys())
  let parts = 0
  while (unvisited.size > 0) {
    parts++
    const [first] = unvisited
    const waiting = [first!]
    unvisited.delete(first!)
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop())
      for (const other of unvisited)
        if (edges[cell]!.some((edge) => edges[other]!.some((across) => meet(edge, across)))) {
          unvisited.delete(other)
          waiting.push(other)
        }
  }
  return parts
}
