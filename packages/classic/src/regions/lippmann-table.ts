// Lippmann's table by construction: what nets of one, two and three layers of hard limiters can part (1987, fig. 14).

import { convexNet, type HalfPlane, halfPlaneNet, unionNet } from './constructed-nets.ts'
import { type DecisionCell, decisionCells } from './decision-cells.ts'
import { type PlaneProblem, planeProblems } from './lippmann-problems.ts'
import { classAt, type PlaneNet } from './plane-net.ts'
import { type RegionShape, regionShape } from './region-shape.ts'

export type LayerCount = 1 | 2 | 3
type PlanePoint = readonly [x: number, y: number]

/** A field of the table, by construction: a net of hard limiters, and the region that it provably has. */
export interface ConstructedEntry {
  readonly layers: LayerCount
  readonly problem: PlaneProblem
  readonly net: PlaneNet
  readonly cells: readonly DecisionCell[]
  readonly shape: RegionShape
  /** Share of the problem's points that get their class. */
  readonly accuracy: number
}

/**
 * The table by construction. One layer is the line that gets most points right, of all lines; two layers AND the sides of the piece that does best, or of the hull of
 * all; three layers OR the pieces.
 */
export function constructedTable(problems: readonly PlaneProblem[] = planeProblems()): ConstructedEntry[] {
  return problems.flatMap((problem) => {
    const convex = [...problem.pieces, aroundAll(problem)].map(convexNet)
    return [
      entry(1, problem, halfPlaneNet(bestLine(problem))),
      entry(2, problem, bestOf(problem, convex)),
      entry(3, problem, unionNet(problem.pieces)),
    ]
  })
}

function entry(layers: LayerCount, problem: PlaneProblem, net: PlaneNet): ConstructedEntry {
  const cells = decisionCells(net)
  return { layers, problem, net, cells, shape: regionShape(cells), accuracy: accuracyOf(problem, net) }
}

function accuracyOf({ points, labels }: PlaneProblem, net: PlaneNet): number {
  return points.filter(([x, y], i) => classAt(net, x, y) === labels[i]).length / points.length
}

function bestOf(problem: PlaneProblem, nets: readonly PlaneNet[]): PlaneNet {
  const accuracies = nets.map((net) => accuracyOf(problem, net))
  return nets[accuracies.indexOf(Math.max(...accuracies))]!
}

/**
 * The line that gets most of the points right. Any line can be moved until it all but touches two points without passing one, so those close beside each two are enough.
 */
function bestLine({ points, labels }: PlaneProblem): HalfPlane {
  let best: HalfPlane | undefined
  let most = -1
  points.forEach((p, i) => {
    for (const q of points.slice(i + 1))
      for (const line of linesBeside(p, q)) {
        const right = points.filter((point, k) => (leftOf(line, point) ? 1 : 0) === labels[k]).length
        if (right > most) [most, best] = [right, line]
        if (points.length - right > most) [most, best] = [points.length - right, { from: line.to, to: line.from }]
      }
  })
  return best!
}

const close = 1e-6

/** Lines by which two points lie on either side, each with the other or apart. */
function linesBeside(p: PlanePoint, q: PlanePoint): HalfPlane[] {
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]]
  // Moved to the left of a point by so much of the distance between both.
  const beside = ([x, y]: PlanePoint, by: number): PlanePoint => [x - by * dy, y + by * dx]
  return [-close, close].flatMap((byP) => [-close, close].map((byQ) => ({ from: beside(p, byP), to: beside(q, byQ) })))
}

function leftOf({ from, to }: HalfPlane, [x, y]: PlanePoint): boolean {
  return (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]) >= 0
}

/** The rectangle around all points of class 1. */
function aroundAll({ points, labels }: PlaneProblem): readonly HalfPlane[] {
  const inside = points.filter((_, i) => labels[i] === 1)
  const [xs, ys] = [inside.map(([x]) => x), inside.map(([, y]) => y)]
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  return [
    { from: [left, bottom], to: [left + 1, bottom] },
    { from: [right, bottom], to: [right, bottom + 1] },
    { from: [right, top], to: [right - 1, top] },
    { from: [left, top], to: [left, top - 1] },
  ]
}
