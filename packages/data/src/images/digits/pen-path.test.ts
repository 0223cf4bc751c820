import { expect, test } from 'vitest'
import { followStroke, type PenPoint } from './pen-path.ts'

function point(x: number, y: number, corner = false, radius = 1): PenPoint {
  return { x, y, corner, radius }
}

/** x, y, radius of every point of the line. */
function triples(line: Float64Array): number[][] {
  return Array.from({ length: line.length / 3 }, (_, i) => [...line.subarray(3 * i, 3 * i + 3)])
}

test('the line passes every point of the stroke, with its radius', () => {
  const stroke = [point(0, 0, false, 1), point(1, 2, false, 2), point(3, 1, true, 3), point(4, 4, false, 4)]
  const line = triples(followStroke(stroke, 5))
  expect(line).toHaveLength(16)
  stroke.forEach(({ x, y, radius }, i) => {
    expect(line[5 * i]![0]).toBeCloseTo(x, 12)
    expect(line[5 * i]![1]).toBeCloseTo(y, 12)
    expect(line[5 * i]![2]).toBeCloseTo(radius, 12)
  })
})

test('two points are joined by a straight line', () => {
  for (const [x, y] of triples(followStroke([point(1, 1), point(3, 5)], 8))) expect(y).toBeCloseTo(2 * x! - 1, 12)
})

test('the line is smooth at a plain point and bends at a corner', () => {
  const turn = (corner: boolean): number => {
    const line = triples(followStroke([point(0, 0), point(1, 0, corner), point(1, 1)], 200))
    const [before, at, after] = [line[199]!, line[200]!, line[201]!]
    const arriving = Math.atan2(at[1]! - before[1]!, at[0]! - before[0]!)
    const leaving = Math.atan2(after[1]! - at[1]!, after[0]! - at[0]!)
    return leaving - arriving
  }
  expect(Math.abs(turn(false))).toBeLessThan(0.05)
  expect(turn(true)).toBeCloseTo(Math.PI / 2, 5)
})

test('a span is the centripetal Catmull–Rom spline by the pyramid of Barry & Goldman 1988', () => {
  const points = [point(0, 0), point(1, 1), point(1.5, -0.5), point(4, 0.5)]
  const knots = [0]
  for (let i = 1; i < 4; i++) {
    const [a, b] = [points[i - 1]!, points[i]!]
    knots.push(knots[i - 1]! + Math.hypot(b.x - a.x, b.y - a.y) ** 0.5)
  }
  const pyramid = (values: readonly number[], t: number): number => {
    let level = values
    for (let depth = 1; level.length > 1; depth++) {
      const blended: number[] = []
      for (let i = 0; i + 1 < level.length; i++) {
        // The last level blends over the middle interval only.
        const from = depth === 3 ? 1 : i
        const to = depth === 3 ? 2 : i + depth
        const share = (t - knots[from]!) / (knots[to]! - knots[from]!)
        blended.push((1 - share) * level[i]! + share * level[i + 1]!)
      }
      level = blended
    }
    return level[0]!
  }
  const pieces = 7
  const line = triples(followStroke(points, pieces)).slice(pieces, 2 * pieces + 1)
  line.forEach(([x, y], piece) => {
    const t = knots[1]! + ((knots[2]! - knots[1]!) * piece) / pieces
    expect(x).toBeCloseTo(
      pyramid(
        points.map((p) => p.x),
        t,
      ),
      10,
    )
    expect(y).toBeCloseTo(
      pyramid(
        points.map((p) => p.y),
        t,
      ),
      10,
    )
  })
})

test('points that coincide do no harm', () => {
  for (const value of followStroke([point(1, 1), point(1, 1), point(1, 1)], 4)) expect(value).toBe(1)
})
