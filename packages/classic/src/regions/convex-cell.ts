import {
  crossing,
  footOf,
  isInfinite,
  type Line,
  lineThrough,
  type SpherePoint,
  sideOf,
  zeroLine,
} from './half-sphere.ts'

/** A part of the plane to look at. */
export interface PlaneWindow {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

/** An edge of a cell: the line that it lies on, positive inside the cell, and its ends along that line (see `placeAlong`), which may be infinite. */
export interface Edge {
  readonly line: Line
  readonly from: number
  readonly to: number
}

/** A convex part of the plane, bounded or not: its corners counterclockwise. */
export class ConvexCell {
  readonly #corners: readonly SpherePoint[]

  private constructor(corners: readonly SpherePoint[]) {
    this.#corners = corners
  }

  /** The whole plane. */
  static plane(): ConvexCell {
    return new ConvexCell([
      [1, 0, 0],
      [0, 1, 0],
      [-1, 0, 0],
      [0, -1, 0],
    ])
  }

  get isBounded(): boolean {
    return !this.#corners.some(isInfinite)
  }

  /** A point inside. */
  get interiorPoint(): readonly [x: number, y: number] {
    const [x, y, w] = this.#corners.reduce((sum, corner) => [
      sum[0] + corner[0],
      sum[1] + corner[1],
      sum[2] + corner[2],
    ])
    return w === 0 ? [0, 0] : [x / w, y / w]
  }

  /** The parts on the positive and on the negative side of a line; undefined where there is none. */
  split(line: Line): { readonly positive: ConvexCell | undefined; readonly negative: ConvexCell | undefined } {
    const sides = this.#corners.map((corner) => sideOf(line, corner))
    if (!sides.some((side) => side < 0)) return { positive: this, negative: undefined }
    if (!sides.some((side) => side > 0)) return { positive: undefined, negative: this }
    return {
      positive: this.#clipped(line, sides),
      negative: this.#clipped(
        line,
        sides.map((side) => -side),
      ),
    }
  }

  /** The part on the positive side (Sutherland & Hodgman 1974, "Reentrant polygon clipping"). */
  #clipped(line: Line, sides: readonly number[]): ConvexCell {
    const kept: SpherePoint[] = []
    this.#corners.forEach((corner, i) => {
      const next = (i + 1) % sides.length
      if (sides[i]! >= 0) kept.push(corner)
      if (sides[i]! * sides[next]! < 0) kept.push(crossing(corner, this.#corners[next]!, sides[i]!, sides[next]!))
      // The cut runs on from the last corner before the part that is left out.
      const leaves = sides[i]! >= 0 && sides[next]! < 0
      if (leaves && this.#isCutAtInfinity(sides, i)) kept.push(footOf(line))
    })
    return new ConvexCell(kept)
  }

  /** Whether the cut that begins after corner `i` is a whole line: its ends are opposite directions, so it needs a point in between. */
  #isCutAtInfinity(sides: readonly number[], i: number): boolean {
    const count = sides.length
    const [last, first] = [this.#corners[i]!, this.#corners[(i + 1) % count]!]
    const begins = sides[i]! === 0 ? isInfinite(last) : isInfinite(last) && isInfinite(first)
    let end = (i + 1) % count
    while (sides[end]! < 0) end = (end + 1) % count
    const before = (end + count - 1) % count
    const ends =
      sides[end]! === 0
        ? isInfinite(this.#corners[end]!)
        : isInfinite(this.#corners[end]!) && isInfinite(this.#corners[before]!)
    return begins && ends
  }

  /** The edges, but for those at infinity. */
  get edges(): Edge[] {
    return this.#corners.flatMap((corner, i) => {
      const next = this.#corners[(i + 1) % this.#corners.length]!
      if (isInfinite(corner) && isInfinite(next)) return []
      const line = lineThrough(corner, next)
      return [{ line, from: placeAlong(line, corner), to: placeAlong(line, next) }]
    })
  }

  /** Whether no point of the cell lies on the negative side of a line. */
  isOnPositiveSideOf(line: Line): boolean {
    return this.#corners.every((corner) => sideOf(line, corner) >= 0)
  }

  /** The corners [x, y] of the part inside a window, counterclockwise; none if there is no such part. */
  within({ left, right, bottom, top }: PlaneWindow): (readonly [x: number, y: number])[] {
    const borders = [zeroLine(1, 0, -left), zeroLine(-1, 0, right), zeroLine(0, 1, -bottom), zeroLine(0, -1, top)]
    let part: ConvexCell = this
    for (const border of borders) {
      const { positive } = part.split(border!)
      if (positive === undefined) return []
      part = positive
    }
    return part.#corners.map(([x, y, w]) => [x / w, y / w] as const)
  }
}

/**
 * How far along the line, in its direction, a point is from the line's foot; drawn together by asinh, so that differences far away count relative to the distance.
 */
function placeAlong({ a, b }: Line, [x, y, w]: SpherePoint): number {
  const along = b * x - a * y
  return w === 0 ? Math.sign(along) * Number.POSITIVE_INFINITY : Math.asinh(along / w)
}
