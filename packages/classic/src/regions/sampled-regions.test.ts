import '@neurite/backend-cpu/install'
import { describe, expect, it } from 'vitest'
import { convexNet, halfPlanesOf, unionNet } from './constructed-nets.ts'
import { classAt, type PlaneNet } from './plane-net.ts'
import { type SampledRegions, sampledShape, sampleRegions } from './sampled-regions.ts'

const window = { left: -2, right: 4, bottom: -2, top: 2 }

describe('sampled regions', () => {
  it('have the class of the model at the middles of the fields', async () => {
    const { labels } = await sampleRegions((x) => x.square().sum(1), window, { columns: 12, rows: 8, threshold: 1 })
    expect(labels).toHaveLength(96)
    const expected = Array.from({ length: 96 }, (_, place) => {
      const [x, y] = [-1.75 + 0.5 * (place % 12), 1.75 - 0.5 * Math.floor(place / 12)]
      return x * x + y * y > 1 ? 1 : 0
    })
    expect([...labels]).toEqual(expected)
  })

  it('of several outputs take the largest', async () => {
    const { labels } = await sampleRegions((x) => x, { left: 0, right: 2, bottom: 0, top: 2 }, { columns: 2, rows: 2 })
    // (0.5, 1.5), (1.5, 1.5), (0.5, 0.5), (1.5, 0.5); of equals the first.
    expect([...labels]).toEqual([1, 0, 0, 0])
  })

  it('refuse outputs of other shapes, empty windows and grids', async () => {
    await expect(sampleRegions((x) => x.sum(), window)).rejects.toThrow('answers 4096 points by []; it must be [4096]')
    await expect(sampleRegions((x) => x, { ...window, right: -2 })).rejects.toThrow('from -2 to -2')
    await expect(sampleRegions((x) => x, window, { columns: 0 })).rejects.toThrow('columns')
  })
})

describe('their shape', () => {
  const square = (left: number) =>
    halfPlanesOf([
      [left, 0],
      [left + 1, 0],
      [left + 1, 1],
      [left, 1],
    ])

  function sampled(net: PlaneNet): SampledRegions {
    const [columns, rows] = [60, 40]
    const labels = Int32Array.from({ length: columns * rows }, (_, place) =>
      classAt(net, -1.95 + 0.1 * (place % columns), 1.95 - 0.1 * Math.floor(place / columns)),
    )
    return { window, columns, rows, labels }
  }

  it('tells one convex region from two', () => {
    expect(sampledShape(sampled(convexNet(square(0))))).toEqual({ looksConvex: true, parts: 1, share: 100 / 2400 })
    expect(sampledShape(sampled(unionNet([square(0), square(2)])))).toMatchObject({ looksConvex: false, parts: 2 })
  })

  it('of nothing is convex, without parts', () => {
    expect(sampledShape(sampled(convexNet(square(100))))).toEqual({ looksConvex: true, parts: 0, share: 0 })
  })
})
