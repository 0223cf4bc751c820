import { RandomStream } from '@neurite/data'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convexNet, type HalfPlane, halfPlaneNet, halfPlanesOf, unionNet } from './constructed-nets.ts'
import { decisionCells } from './decision-cells.ts'
import { classAt, type PlaneNet, type PlaneNode } from './plane-net.ts'
import { regionShape } from './region-shape.ts'

function randomNet(sizes: readonly number[], nodes: PlaneNode, seed: number, last: PlaneNode = 'linear'): PlaneNet {
  const random = new RandomStream(seed)
  return sizes.slice(1).map((count, layer) => ({
    weights: Array.from({ length: count }, () => Array.from({ length: sizes[layer]! }, () => random.uniform(-1, 1))),
    offsets: Array.from({ length: count }, () => random.uniform(-1, 1)),
    nodes: layer === sizes.length - 2 ? last : nodes,
  }))
}

const square = halfPlanesOf([
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
])

describe('cells', () => {
  it.each([1, 2, 3, 5, 8, 12])('of %d lines in general position number n (n + 1) / 2 + 1', (n) => {
    for (let seed = 0; seed < 5; seed++)
      expect(decisionCells(randomNet([2, n, 1], 'hard limiter', seed, 'hard limiter'))).toHaveLength(
        (n * (n + 1)) / 2 + 1,
      )
  })

  it('of parallel lines are strips, of lines through a point are wedges', () => {
    const layer = (weights: number[][], offsets: number[]): PlaneNet => [
      { weights, offsets, nodes: 'hard limiter' },
      { weights: [weights.map(() => 1)], offsets: [0.5], nodes: 'hard limiter' },
    ]
    const strips = decisionCells(layer([[1, 0], [1, 0], [2, 0]], [-1, 0, 3])) // biome-ignore format: rows
    expect(strips).toHaveLength(4)
    expect(strips.every(({ cell }) => !cell.isBounded)).toBe(true)
    expect(decisionCells(layer([[1, 0], [0, 1], [1, 1]], [0, 0, 0]))).toHaveLength(6) // biome-ignore format: rows
    // Twice the same line parts nothing more.
    expect(decisionCells(layer([[1, 2], [-2, -4]], [1, -2]))).toHaveLength(2) // biome-ignore format: rows
  })

  it('have the class that the net gives the points inside', () => {
    const kinds: PlaneNode[] = ['hard limiter', 'threshold logic', 'relu']
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.constantFrom([2, 3, 1], [2, 5, 1], [2, 4, 3, 1], [2, 3, 2, 2, 1], [2, 4, 3], [2, 3, 3, 4]),
        fc.integer(),
        (nodes, sizes, seed) => {
          const net = randomNet(sizes, nodes, seed)
          for (const { cell, label } of decisionCells(net)) expect(classAt(net, ...cell.interiorPoint)).toBe(label)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('cover the plane: every point lies in the cell that has its class', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        (seed, x, y) => {
          const net = randomNet([2, 4, 3, 1], 'relu', seed)
          const near = { left: x - 1e-6, right: x + 1e-6, bottom: y - 1e-6, top: y + 1e-6 }
          const around = decisionCells(net).filter(({ cell }) => cell.within(near).length > 0)
          expect(around.map(({ label }) => label)).toContain(classAt(net, x, y))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('are cut to a window', () => {
    const [inside] = decisionCells(convexNet(square)).filter(({ label }) => label === 1)
    const corners = inside!.cell.within({ left: 0.5, right: 3, bottom: -1, top: 0.25 })
    expect(corners.map(([x, y]) => [x, y].map((value) => Math.round(100 * value) / 100))).toEqual(
      expect.arrayContaining([[0.5, 0], [1, 0], [1, 0.25], [0.5, 0.25]]), // biome-ignore format: corners
    )
    expect(inside!.cell.within({ left: 2, right: 3, bottom: 2, top: 3 })).toEqual([])
  })

  it('need a net of two inputs whose layers fit', () => {
    expect(() => decisionCells([])).toThrow('the net has no layers')
    expect(() => decisionCells([{ weights: [[1, 2, 3]], offsets: [0], nodes: 'relu' }])).toThrow(
      'layer 0: node 0 has 3 weights; it sees 2 values',
    )
    expect(() => decisionCells([{ weights: [[1, 2]], offsets: [], nodes: 'relu' }])).toThrow(
      '1 rows of weights and 0 offsets',
    )
    expect(() => decisionCells([{ weights: [[1, Number.NaN]], offsets: [0], nodes: 'relu' }])).toThrow('is NaN')
  })
})

describe('the region of', () => {
  const up: HalfPlane = { from: [0, 0], to: [1, 0] }

  it('one layer is a half plane', () => {
    expect(regionShape(decisionCells(halfPlaneNet(up)))).toEqual({
      ...{ type: 'half plane', isConvex: true, isClosed: false, parts: 1, isConnected: true, sides: 1, cells: 1 },
    })
    expect(classAt(halfPlaneNet(up), 5, 0.1)).toBe(1)
  })

  it('two layers that AND is convex: closed or open', () => {
    const closed = regionShape(decisionCells(convexNet(square)))
    expect(closed).toMatchObject({ type: 'convex closed', sides: 4, parts: 1 })
    const quadrant = regionShape(decisionCells(convexNet(square.slice(0, 2))))
    expect(quadrant).toMatchObject({ type: 'convex open', sides: 2, isClosed: false })
    const strip = regionShape(decisionCells(convexNet([square[0]!, square[2]!])))
    expect(strip).toMatchObject({ type: 'convex open', sides: 2 })
  })

  it('three layers that OR is arbitrary, connected or not', () => {
    const shifted = (by: number): HalfPlane[] =>
      square.map(({ from, to }) => ({ from: [from[0] + by, from[1]], to: [to[0] + by, to[1]] }))
    const apart = regionShape(decisionCells(unionNet([square, shifted(2)])))
    expect(apart).toMatchObject({ type: 'arbitrary', parts: 2, isConnected: false, isClosed: true })
    const bar = halfPlanesOf([[0, 0], [3, 0], [3, 0.5], [0, 0.5]]) // biome-ignore format: corners
    expect(regionShape(decisionCells(unionNet([square, bar])))).toMatchObject({ type: 'arbitrary', isConnected: true })
    // Overlapping halves of a convex whole are convex, of however many cells.
    const whole = regionShape(decisionCells(unionNet([square, shifted(0.5), shifted(1)])))
    expect(whole).toMatchObject({ type: 'convex closed', sides: 4, parts: 1 })
    expect(whole.cells).toBeGreaterThan(3)
  })

  it('two layers with other weights is not bound to be convex, or connected', () => {
    const alternating: PlaneNet = [
      { weights: [[1, 0], [1, 0], [1, 0]], offsets: [0, 1, 2], nodes: 'hard limiter' }, // biome-ignore format: rows
      { weights: [[1, -1, 1]], offsets: [0.5], nodes: 'hard limiter' },
    ]
    expect(regionShape(decisionCells(alternating))).toMatchObject({ type: 'arbitrary', isConnected: false, parts: 2 })
    const corner: PlaneNet = [
      { weights: [[1, 0], [0, 1]], offsets: [0, 0], nodes: 'hard limiter' }, // biome-ignore format: rows
      { weights: [[1, 1]], offsets: [0.5], nodes: 'hard limiter' },
    ]
    expect(regionShape(decisionCells(corner))).toMatchObject({ type: 'arbitrary', isConnected: true, sides: 2 })
  })

  it('quarters that touch in a corner has two parts', () => {
    const xor: PlaneNet = [
      { weights: [[1, 0], [0, 1], [1, 0], [0, 1]], offsets: [0, 0, 0, 0], nodes: 'hard limiter' }, // biome-ignore format: rows
      { weights: [[1, 1, 0, 0], [0, 0, -1, -1]], offsets: [1.5, -0.5], nodes: 'hard limiter' }, // biome-ignore format: rows
      { weights: [[1, 1]], offsets: [0.5], nodes: 'hard limiter' },
    ]
    expect(regionShape(decisionCells(xor))).toMatchObject({ parts: 2, isConvex: false })
  })

  it('no point, and of every point, has a name too', () => {
    const always = (offset: number): PlaneNet => [{ weights: [[0, 0]], offsets: [offset], nodes: 'hard limiter' }]
    expect(regionShape(decisionCells(always(1)))).toMatchObject({ type: 'empty', parts: 0, cells: 0 })
    expect(regionShape(decisionCells(always(-1)))).toMatchObject({ type: 'everything', parts: 1, sides: 0 })
  })

  it('random polygons is what it was made for', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 3, max: 8 }), (seed, sides) => {
        const random = new RandomStream(seed)
        const angles = Array.from({ length: sides }, (_, i) => ((i + random.uniform(0, 0.5)) * 2 * Math.PI) / sides)
        const [cx, cy, radius] = [random.uniform(-50, 50), random.uniform(-50, 50), random.uniform(0.1, 10)]
        const polygon = halfPlanesOf(
          angles.map((angle) => [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)]),
        )
        expect(regionShape(decisionCells(convexNet(polygon)))).toMatchObject({ type: 'convex closed', sides, parts: 1 })
      }),
      { numRuns: 60 },
    )
  })

  it('random nets is convex if the middle of any two of its points is in it, as far as samples tell', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom([2, 2, 1], [2, 3, 1], [2, 3, 2, 1]), (seed, sizes) => {
        const net = randomNet(sizes, 'relu', seed)
        const cells = decisionCells(net)
        const random = new RandomStream(seed, 1)
        const inside = Array.from(
          { length: 300 },
          () => [random.uniform(-3, 3), random.uniform(-3, 3)] as const,
        ).filter(([x, y]) => classAt(net, x, y) === 1)
        const isDented = inside.some((p, i) => {
          const q = inside[(i * 7 + 3) % inside.length]!
          return classAt(net, (p[0] + q[0]) / 2, (p[1] + q[1]) / 2) === 0
        })
        if (isDented) expect(regionShape(cells).isConvex).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})
