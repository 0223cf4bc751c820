import type { ConvexCell, Edge, PlaneWindow } from './convex-cell.ts'
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
 * The shape of the region where a net answers `label`, decided from its cells, all of them and exactly: it is convex if and only if it lies, as a whole, on one side of
 * every line that its border lies on.
 */
export function regionShape(cells: readonly DecisionCell[], label = 1): RegionShape {
  const region = cellsOf(cells, label)
  const { border, parts } = joined(region)
  const sides = new Set(border.map(({ line }) => line.key)).size
  const isConvex = border.every(({ line, side }) => region.every((cell) => cell.isOnSideOf(line, side)))
  const isClosed = region.every((cell) => cell.isBounded)
  const type = typeOf(region, sides, isConvex, isClosed)
  return { type, isConvex, isClosed, parts, isConnected: parts <= 1, sides, cells: region.length }
}

/** The edges of the region where a net answers `label`, each with the region on its left: its outline, to draw. */
export function regionBorder(cells: readonly DecisionCell[], label = 1): readonly Edge[] {
  return joined(cellsOf(cells, label)).border
}

/** The area of what a window shows of the region where a net answers `label`. */
export function regionArea(cells: readonly DecisionCell[], window: PlaneWindow, label = 1): number {
  return cellsOf(cells, label).reduce((sum, cell) => sum + areaOf(cell.within(window)), 0)
}

function cellsOf(cells: readonly DecisionCell[], label: number): ConvexCell[] {
  return cells.filter((cell) => cell.label === label).map(({ cell }) => cell)
}

function typeOf(region: readonly ConvexCell[], sides: number, isConvex: boolean, isClosed: boolean): RegionType {
  if (region.length === 0) return 'empty'
  if (sides === 0) return 'everything'
  if (!isConvex) return 'arbitrary'
  if (sides === 1) return 'half plane'
  return isClosed ? 'convex closed' : 'convex open'
}

/**
 * The edges that have cells on one side only, and the number of groups of cells that edges join. The values of a net's nodes are continuous where they are no hard
 * limiters, whose lines run through: so cells meet edge to edge, and the ends of an edge, exact points, are enough to find what is behind it.
 */
function joined(region: readonly ConvexCell[]): { readonly border: readonly Edge[]; readonly parts: number } {
  const seen = new Map<string, { readonly edge: Edge; readonly cell: number }>()
  const leader = [...region.keys()]
  let parts = region.length
  region.forEach((cell, number) => {
    for (const edge of cell.edges) {
      const ends = [edge.from.key, edge.to.key].sort().join(' ')
      const behind = seen.get(ends)
      if (behind === undefined) {
        seen.set(ends, { edge, cell: number })
        continue
      }
      seen.delete(ends)
      const [p, q] = [leaderOf(leader, behind.cell), leaderOf(leader, number)]
      if (p === q) continue
      leader[p] = q
      parts--
    }
  })
  return { border: [...seen.values()].map(({ edge }) => edge), parts }
}

function leaderOf(leader: number[], cell: number): number {
  let found = cell
  while (leader[found] !== found) found = leader[found]!
  leader[cell] = found
  return found
}

function areaOf(polygon: readonly (readonly [x: number, y: number])[]): number {
  const twice = polygon.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = polygon[(i + 1) % polygon.length]!
    return sum + x * nextY - y * nextX
  }, 0)
  return twice / 2
}
