// A digit is written as strokes; a stroke goes smoothly through its points, except at corners, where the pen turns.

/** A point the pen passes, in a unit square: x to the right, y downwards. */
export interface PenPoint {
  readonly x: number
  readonly y: number
  /** The pen turns here instead of passing smoothly. */
  readonly corner: boolean
  /** Half the width of the line here, in units of the square's side. */
  readonly radius: number
}

/** Straight pieces that follow one stroke, as flat triples x, y, radius. */
export type Polyline = Float64Array

const componentsPerPoint = 3

/**
 * Follows the stroke: between two corners (or ends) by a centripetal Catmull–Rom spline (Catmull & Rom 1974; Yuksel et al.
 * 2011), which has no loops or cusps inside a piece, cut into `piecesPerSpan` straight pieces between two points.
 */
export function followStroke(points: readonly PenPoint[], piecesPerSpan: number): Polyline {
  const line = new Float64Array(((points.length - 1) * piecesPerSpan + 1) * componentsPerPoint)
  let written = writePoint(line, 0, points[0]!)
  for (let i = 0; i + 1 < points.length; i++) {
    const from = points[i]!
    const to = points[i + 1]!
    const before = i === 0 || from.corner ? reflect(to, from) : points[i - 1]!
    const after = i + 2 === points.length || to.corner ? reflect(from, to) : points[i + 2]!
    written = writeSpan(line, written, [before, from, to, after], piecesPerSpan)
  }
  return line
}

/** The point as far beyond `mirror` as `point` is before it: the spline then ends without bending. */
function reflect(point: PenPoint, mirror: PenPoint): PenPoint {
  return { ...mirror, x: 2 * mirror.x - point.x, y: 2 * mirror.y - point.y }
}

type SpanPoints = readonly [before: PenPoint, from: PenPoint, to: PenPoint, after: PenPoint]

function writeSpan(line: Polyline, start: number, points: SpanPoints, pieces: number): number {
  const [before, from, to, after] = points
  // Knots are spaced by the square root of the distance: that is what "centripetal" means.
  const knotBefore = knotInterval(before, from)
  const knot = knotInterval(from, to)
  const knotAfter = knotInterval(to, after)
  const tangent = (a: number, b: number, c: number, left: number, right: number): number =>
    knot * ((b - a) / left - (c - a) / (left + right) + (c - b) / right)
  const fromX = tangent(before.x, from.x, to.x, knotBefore, knot)
  const fromY = tangent(before.y, from.y, to.y, knotBefore, knot)
  const toX = tangent(from.x, to.x, after.x, knot, knotAfter)
  const toY = tangent(from.y, to.y, after.y, knot, knotAfter)
  let written = start
  for (let piece = 1; piece <= pieces; piece++) {
    const t = piece / pieces
    written = writePoint(line, written, {
      x: hermite(from.x, fromX, to.x, toX, t),
      y: hermite(from.y, fromY, to.y, toY, t),
      radius: from.radius + (to.radius - from.radius) * t,
    })
  }
  return written
}

function writePoint(line: Polyline, start: number, point: Pick<PenPoint, 'x' | 'y' | 'radius'>): number {
  line[start] = point.x
  line[start + 1] = point.y
  line[start + 2] = point.radius
  return start + componentsPerPoint
}

const shortestKnot = 1e-3

function knotInterval(a: PenPoint, b: PenPoint): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  return Math.max(shortestKnot, Math.sqrt(Math.sqrt(dx * dx + dy * dy)))
}

/** The cubic with values a, b and slopes slopeA, slopeB at t = 0 and 1. */
function hermite(a: number, slopeA: number, b: number, slopeB: number, t: number): number {
  const left = 1 - t
  return left * left * ((1 + 2 * t) * a + t * slopeA) + t * t * ((1 + 2 * left) * b - left * slopeB)
}
