import { affine } from './affine.ts'
import { axisDirections, finitePointOn, infinity, type Line, Vertex, zeroLine } from './half-sphere.ts'

/** A part of the plane to look at. */
export interface PlaneWindow {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

/** An edge of a cell, which is on its left on the way between the ends; these may be infinitely far. */
export interface Edge {
  readonly line: Line
  /** Which side of the line the cell is on. */
  readonly side: 1 | -1
  readonly from: Vertex
  readonly to: Vertex
}

/** A corner, and on what the edge from there to the next one lies. */
interface Corner {
  readonly vertex: Vertex
  readonly border: Border
}

type Border = Pick<Edge, 'line' | 'side'>

/**
 * A convex part of the plane, bounded or not: its corners counterclockwise, directions among them. No edge is as long as a whole line: a line that
 * runs from infinity to infinity has a corner somewhere, at a straight angle.
 */
export class ConvexCell {
  readonly #corners: readonly Corner[]

  private constructor(corners: readonly Corner[]) {
    this.#corners = corners
  }

  /** The whole plane. */
  static plane(): ConvexCell {
    const border = { line: infinity, side: 1 } as const
    return new ConvexCell(axisDirections().map((vertex) => ({ vertex, border })))
  }

  /** Whether it reaches to infinity nowhere. */
  get isBounded(): boolean {
    return this.#corners.every(({ vertex }) => !vertex.isInfinite)
  }

  /** A point inside, to the precision of float64. */
  get interiorPoint(): readonly [x: number, y: number] {
    const points = this.#corners.flatMap(({ vertex }) => (vertex.isInfinite ? [] : [vertex.coordinates]))
    const directions = this.#corners.flatMap(({ vertex }) => (vertex.isInfinite ? [vertex.coordinates] : []))
    if (points.length === 0) return [0, 0]
    const [x, y] = sumOfPoints(points).map((sum) => sum / points.length) as [number, number]
    const reach = 1 + Math.max(...points.map((point) => Math.hypot(point[0] - x, point[1] - y)))
    const [outX, outY] = sumOfPoints(directions)
    return [x + reach * outX, y + reach * outY]
  }

  /** The edges, but for those at infinity. */
  get edges(): Edge[] {
    return this.#corners.flatMap(({ vertex, border }, i) => {
      if (border.line === infinity) return []
      return [{ ...border, from: vertex, to: this.#corners[(i + 1) % this.#corners.length]!.vertex }]
    })
  }

  /** Whether no point of the cell lies beyond a line, seen from one of its sides. */
  isOnSideOf(line: Line, side: 1 | -1): boolean {
    return this.#corners.every(({ vertex }) => line.sideOf(vertex) !== -side)
  }

  /** The parts on the positive and on the negative side of a line; undefined where there is none. A line that only touches the cell leaves it whole. */
  split(line: Line): { readonly positive: ConvexCell | undefined; readonly negative: ConvexCell | undefined } {
    const sides = this.#corners.map(({ vertex }) => line.sideOf(vertex))
    if (!sides.includes(-1)) return { positive: this, negative: undefined }
    if (!sides.includes(1)) return { positive: undefined, negative: this }
    const crossings = this.#corners.map((_, i) => this.#crossing(line, i, sides))
    return {
      positive: this.#clipped({ line, side: 1 }, sides, crossings),
      negative: this.#clipped({ line, side: -1 }, sides, crossings),
    }
  }

  /** The corners [x, y] of the part inside a window, counterclockwise; none if there is no such part. */
  within({ left, right, bottom, top }: PlaneWindow): (readonly [x: number, y: number])[] {
    const borders = [affine(1, 0, -left), affine(-1, 0, right), affine(0, 1, -bottom), affine(0, -1, top)]
    let part: ConvexCell | undefined = this
    for (const border of borders) part = part?.split(zeroLine(border)!).positive
    return part === undefined ? [] : part.#corners.map(({ vertex }) => vertex.coordinates)
  }

  /** Where the edge from corner `i` crosses a line that has its ends on different sides. */
  #crossing(line: Line, i: number, sides: readonly number[]): Vertex | undefined {
    const next = (i + 1) % sides.length
    if (sides[i]! * sides[next]! >= 0) return undefined
    // Neighbouring directions are a right angle apart at most: their sum is near the one that is meant, not near its opposite.
    const towards = sumOfPoints([this.#corners[i]!.vertex.coordinates, this.#corners[next]!.vertex.coordinates])
    return Vertex.between(this.#corners[i]!.border.line, line, towards)
  }

  /** The part on one side (Sutherland & Hodgman 1974, "Reentrant polygon clipping"). */
  #clipped(cut: Border, sides: readonly number[], crossings: readonly (Vertex | undefined)[]): ConvexCell {
    const kept: Corner[] = []
    this.#corners.forEach(({ vertex, border }, i) => {
      const [here, next] = [sides[i]! * cut.side, sides[(i + 1) % sides.length]! * cut.side]
      if (here > 0 || (here === 0 && next > 0)) kept.push({ vertex, border })
      else if (here === 0) kept.push({ vertex, border: cut })
      const crossing = crossings[i]
      if (crossing !== undefined) kept.push({ vertex: crossing, border: here > 0 ? cut : border })
    })
    return new ConvexCell(withFiniteCorner(kept))
  }
}

/** The corners with one more on a line that runs from infinity to infinity. */
function withFiniteCorner(corners: readonly Corner[]): Corner[] {
  return corners.flatMap((corner, i) => {
    const { line } = corner.border
    const isWhole =
      line !== infinity && corner.vertex.isInfinite && corners[(i + 1) % corners.length]!.vertex.isInfinite
    return isWhole ? [corner, { vertex: finitePointOn(line), border: corner.border }] : [corner]
  })
}

function sumOfPoints(points: readonly (readonly [x: number, y: number])[]): [x: number, y: number] {
  return points.reduce<[number, number]>(([x, y], point) => [x + point[0], y + point[1]], [0, 0])
}
