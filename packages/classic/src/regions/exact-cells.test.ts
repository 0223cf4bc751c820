import { RandomStream } from '@neurite/data'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DecisionCell, decisionCells } from './decision-cells.ts'
import { classAt, type PlaneNet, type PlaneNode } from './plane-net.ts'
import { regionArea, regionBorder, regionShape } from './region-shape.ts'

const view = { left: -1000, right: 1000, bottom: -1000, top: 1000 }

/** The cells of lines a x + b y = c. */
function cellsOf(lines: readonly (readonly [a: number, b: number, c: number])[]): DecisionCell[] {
  return decisionCells([
    { weights: lines.map(([a, b]) => [a, b]), offsets: lines.map(([, , c]) => c), nodes: 'hard limiter' },
    { weights: [lines.map(() => 0)], offsets: [-1], nodes: 'hard limiter' },
  ])
}

describe('cells of lines are right to the last bit', () => {
  it('where lines meet in a point that float64 does not have', () => {
    // x = y = 1/3.
    const three = [
      [3, 0, 1],
      [0, 3, 1],
    ] as const
    expect(cellsOf([...three, [3, 3, 2], [6, -3, 1]])).toHaveLength(8)
    // Beside it by the least step.
    expect(cellsOf([...three, [3, 3, 2 + 2 * Number.EPSILON]])).toHaveLength(7)
  })

  it('where parallel lines are an ulp apart', () => {
    const cells = cellsOf([
      [1, 1, 1],
      [1, 1, 1 + Number.EPSILON],
      [1, -1, 0],
    ])
    expect(cells).toHaveLength(6)
    for (const { cell } of cells)
      for (const { from } of cell.edges) expect(from.coordinates.every(Number.isFinite)).toBe(true)
  })

  it('at coefficients of all sizes', () => {
    for (const scale of [1e-300, 1e-160, 1e150, 1e300]) {
      const cells = cellsOf([
        [scale, 0, 0],
        [0, scale, 0],
        [1, 1, 1],
        [scale, -scale, scale],
      ])
      expect(cells).toHaveLength(10)
    }
  })

  it('as many as Euler’s formula says, for lines through common points', () => {
    const coefficient = fc.integer({ min: -3, max: 3 })
    const line = fc.tuple(coefficient, coefficient, coefficient).filter(([a, b]) => a !== 0 || b !== 0)
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 7 }), (lines) => {
        expect(cellsOf(lines)).toHaveLength(cellsByEuler(lines))
      }),
      { numRuns: 200 },
    )
  })
})

/** 1 + lines + Σ over the points where lines meet of (lines through it − 1), with integer coefficients. */
function cellsByEuler(lines: [number, number, number][]): number {
  const greatest = (p: number, q: number): number => (q === 0 ? Math.abs(p) : greatest(q, p % q))
  const normal = (values: number[]): string => {
    const divisor = values.reduce(greatest, 0) * Math.sign(values.find((value) => value !== 0)!)
    return values.map((value) => value / divisor + 0).join()
  }
  const different = [...new Map(lines.map((line) => [normal(line), line])).values()]
  const through = new Map<string, Set<number>>()
  different.forEach(([a, b, c], i) => {
    different.slice(0, i).forEach(([d, e, f], j) => {
      const w = a * e - b * d
      if (w === 0) return
      const point = normal([w, c * e - b * f, a * f - c * d])
      through.set(point, (through.get(point) ?? new Set()).add(i).add(j))
    })
  })
  return 1 + different.length + [...through.values()].reduce((sum, { size }) => sum + size - 1, 0)
}

const randomNet = fc
  .record({
    nodes: fc.constantFrom<PlaneNode>('hard limiter', 'threshold logic', 'relu'),
    last: fc.constantFrom<PlaneNode>('hard limiter', 'linear'),
    sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
    outputs: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(1e6),
    // Small whole numbers make common points, equal and parallel lines, and dead nodes.
    isCoarse: fc.boolean(),
  })
  .map(({ nodes, last, sizes, outputs, seed, isCoarse }): PlaneNet => {
    const random = new RandomStream(seed)
    const draw = (): number => (isCoarse ? random.below(5) - 2 : random.uniform(-1, 1))
    const all = [2, ...sizes, outputs]
    return all.slice(1).map((size, i) => ({
      weights: Array.from({ length: size }, () => Array.from({ length: all[i]! }, draw)),
      offsets: Array.from({ length: size }, () => draw() / 2),
      nodes: i === sizes.length ? last : nodes,
    }))
  })

describe('cells of random nets', () => {
  it('have the class that the net gives their inside, fill the plane and meet edge to edge', () => {
    fc.assert(
      fc.property(randomNet, (net) => {
        const cells = decisionCells(net)
        for (const { cell, label } of cells) {
          const [x, y] = cell.interiorPoint
          // In a sliver float64 may miss the cell.
          if (distanceToEdge(cell.edges, x, y) < 1e-7 * (1 + Math.hypot(x, y))) continue
          const found = classAt(net, x, y)
          if (found !== label) expect(isTied(net, x, y)).toBe(true)
        }
        const all = cells.map(({ cell }) => ({ cell, label: 1 }))
        expect(regionBorder(all)).toEqual([])
        expect(regionShape(all)).toMatchObject({ type: 'everything', parts: 1 })
        expect(regionArea(all, view) / 4e6).toBeCloseTo(1, 6)
      }),
      { numRuns: 100 },
    )
  })

  it('make regions of convex type only if they are as large as the polygon of their border', () => {
    fc.assert(
      fc.property(randomNet, (net) => {
        const cells = decisionCells(net)
        for (const label of new Set(cells.map((cell) => cell.label))) {
          const { type } = regionShape(cells, label)
          if (type !== 'convex closed') continue
          // Twice the area of a closed outline, by the shoelace formula.
          const twice = regionBorder(cells, label).reduce((sum, { from, to }) => {
            const [[x, y], [nextX, nextY]] = [from.coordinates, to.coordinates]
            return sum + x * nextY - y * nextX
          }, 0)
          const wide = { left: -1e6, right: 1e6, bottom: -1e6, top: 1e6 }
          const area = regionArea(cells, wide, label)
          expect(Math.abs(twice / 2 - area)).toBeLessThan(1e-6 * (1 + area))
        }
      }),
      { numRuns: 100 },
    )
  })
})

function distanceToEdge(edges: DecisionCell['cell']['edges'], x: number, y: number): number {
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...edges.map(({ line: { approximate } }) => {
      const [a, b, c] = approximate
      return Math.abs(a * x + b * y + c) / Math.hypot(a, b)
    }),
  )
}

/** Whether rounding decides between outputs that are equal but for it. */
function isTied(net: PlaneNet, x: number, y: number): boolean {
  const nearby = [-1, 1].flatMap((dx) => [-1, 1].map((dy) => classAt(shifted(net, 1e-9 * dx, 1e-9 * dy), x, y)))
  return new Set(nearby).size > 1
}

/** The net with the offsets of its last layer moved a little, apart from each other. */
function shifted(net: PlaneNet, first: number, others: number): PlaneNet {
  const last = net.at(-1)!
  return [
    ...net.slice(0, -1),
    { ...last, offsets: last.offsets.map((offset, i) => offset + (i === 0 ? first : others * i)) },
  ]
}
