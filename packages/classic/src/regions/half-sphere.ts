// The plane with its points at infinity, as the upper half of a sphere: the point (x, y) is the direction of (x, y, 1), and (x, y, 0) is what
// lies infinitely far in the direction (x, y). Lines are great circles, so that unbounded cells are polygons like others.

/** A unit vector (x, y, w), w ≥ 0: the point (x/w, y/w), or a direction where w is 0. */
export type SpherePoint = readonly [x: number, y: number, w: number]

/** The line a x + b y + c = 0, scaled so that a² + b² is 1. It is positive on its left. */
export interface Line {
  readonly a: number
  readonly b: number
  readonly c: number
}

/** What counts as on a line: a few roundings of a computation with unit vectors. */
const tolerance = 1e-11

/** The line where an affine function is 0; undefined where the function is constant. */
export function zeroLine(a: number, b: number, c: number): Line | undefined {
  const length = Math.hypot(a, b)
  // Beyond the largest finite point that is told from infinity.
  if (length <= tolerance * Math.abs(c) || length === 0) return undefined
  return { a: a / length, b: b / length, c: c / length }
}

function pointAt(x: number, y: number, w = 1): SpherePoint {
  const length = Math.hypot(x, y, w)
  return [x / length, y / length, w / length]
}

/** On which side of a line a point lies: positive, negative, or 0 on it. */
export function sideOf({ a, b, c }: Line, [x, y, w]: SpherePoint): number {
  // As a unit vector the line of a far one is nearly (0, 0, 1); so sides are distances on the sphere.
  const side = (a * x + b * y + c * w) / Math.hypot(1, c)
  return Math.abs(side) <= tolerance ? 0 : side
}

export function isInfinite(point: SpherePoint): boolean {
  return point[2] === 0
}

/** The point of a line next to the origin. */
export function footOf({ a, b, c }: Line): SpherePoint {
  return pointAt(-a * c, -b * c)
}

/** Where the arc between points on both sides of a line crosses it. */
export function crossing(p: SpherePoint, q: SpherePoint, sideOfP: number, sideOfQ: number): SpherePoint {
  const [s, t] = [Math.abs(sideOfQ), Math.abs(sideOfP)]
  return pointAt(s * p[0] + t * q[0], s * p[1] + t * q[1], s * p[2] + t * q[2])
}

/** The line from p to q, positive on the left of the way. */
export function lineThrough(p: SpherePoint, q: SpherePoint): Line {
  return zeroLine(p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0])!
}
