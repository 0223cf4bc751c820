// The problems of Lippmann's table of decision regions (1987, fig. 14): points of the plane in two classes.

import { RandomStream } from '@neurite/data'
import { type HalfPlane, halfPlanesOf } from './constructed-nets.ts'
import type { PlaneWindow } from './convex-cell.ts'

/** A problem in the plane: where class 1 lies, where class 0 does, and points of both. */
export interface PlaneProblem {
  readonly name: 'XOR' | 'meshed classes' | 'general shapes'
  readonly window: PlaneWindow
  /** Convex pieces that class 1 is made of, each by its half planes. */
  readonly pieces: readonly (readonly HalfPlane[])[]
  readonly points: readonly (readonly [x: number, y: number])[]
  /** 0 or 1 for each of the points. */
  readonly labels: readonly (0 | 1)[]
}

/** Left, bottom, right, top. */
type Rectangle = readonly [left: number, bottom: number, right: number, top: number]

/** The three problems, with `count` points each, drawn evenly over the two classes; XOR has its four corners. */
export function planeProblems(count = 200, options: { readonly seed?: number } = {}): PlaneProblem[] {
  const random = new RandomStream(options.seed ?? 0)
  return [xor(), meshed(count, random), general(count, random)]
}

/** The corners of a square, class 1 on one diagonal, which a strip takes in. */
function xor(): PlaneProblem {
  const strip: readonly HalfPlane[] = [
    { from: [0.5, 0], to: [0, 0.5] },
    { from: [1, 0.5], to: [0.5, 1] },
  ]
  return {
    name: 'XOR',
    window: { left: -1, right: 2, bottom: -1, top: 2 },
    pieces: [[reversed(strip[0]!), strip[1]!]],
    points: [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ],
    labels: [0, 1, 1, 0],
  }
}

function reversed({ from, to }: HalfPlane): HalfPlane {
  return { from: to, to: from }
}

/** Two hooks that reach into each other. */
function meshed(count: number, random: RandomStream): PlaneProblem {
  const one: Rectangle[] = [
    [0, 0, 1, 4],
    [0, 0, 4, 1],
    [3, 0, 4, 3],
  ]
  const other: Rectangle[] = [
    [1.5, 1.5, 2.5, 5.5],
    [1.5, 4.5, 5.5, 5.5],
    [4.5, 1.5, 5.5, 5.5],
  ]
  return {
    name: 'meshed classes',
    window: { left: -1, right: 6.5, bottom: -1, top: 6.5 },
    pieces: one.map(sidesOf),
    ...drawn(one, other, count, random),
  }
}

/** Two islands, with the other class around them. */
function general(count: number, random: RandomStream): PlaneProblem {
  const islands: Rectangle[] = [
    [1, 1, 2, 2],
    [4, 3.5, 5, 5],
  ]
  const around: Rectangle[] = [
    [0, 0, 6, 0.6],
    [0, 5.4, 6, 6],
    [0, 0, 0.6, 6],
    [5.4, 0, 6, 6],
    [2.4, 0, 3.6, 6],
  ]
  return {
    name: 'general shapes',
    window: { left: -1, right: 7, bottom: -1, top: 7 },
    pieces: islands.map(sidesOf),
    ...drawn(islands, around, count, random),
  }
}

function sidesOf([left, bottom, right, top]: Rectangle): HalfPlane[] {
  // A little wider than the points, which lie up to the border.
  const margin = 0.2
  return halfPlanesOf([
    [left - margin, bottom - margin],
    [right + margin, bottom - margin],
    [right + margin, top + margin],
    [left - margin, top + margin],
  ])
}

function drawn(
  ones: readonly Rectangle[],
  zeros: readonly Rectangle[],
  count: number,
  random: RandomStream,
): Pick<PlaneProblem, 'points' | 'labels'> {
  const labels = Array.from({ length: count }, (_, i): 0 | 1 => (i % 2 === 0 ? 1 : 0))
  const points = labels.map((label, i) => {
    const rectangles = label === 1 ? ones : zeros
    const [left, bottom, right, top] = rectangles[Math.floor(i / 2) % rectangles.length]!
    return [random.uniform(left, right), random.uniform(bottom, top)] as const
  })
  return { points, labels }
}
