import { checkGradients, gradients } from '@neurite/autograd'
import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectNear } from '../test/expect-near.ts'
import { roiAlign } from './roi-align.ts'
import { roiPool } from './roi-pool.ts'

const size = fc.integer({ min: 1, max: 6 })
const maps = fc
  .tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 }), size, size)
  .chain(([images, channels, height, width]) =>
    fc.record({
      shape: fc.constant([images, channels, height, width] as const),
      data: fc.array(fc.integer({ min: -9, max: 9 }), {
        minLength: images * channels * height * width,
        maxLength: images * channels * height * width,
      }),
      image: fc.nat(images - 1),
    }),
  )
// In sixteenths that no sum of few puts on the edge of a cell.
const place = fc.integer({ min: -40, max: 130 }).map((n) => (2 * n + 1) / 32)
const box = fc.tuple(place, place, place, place)
const outputSize = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))

type Maps = { shape: readonly [number, number, number, number]; data: number[]; image: number }

/** The element at a whole place. */
function at({ shape, data, image }: Maps, channel: number, y: number, x: number): number {
  return data[((image * shape[1] + channel) * shape[2] + y) * shape[3] + x]!
}

function asTensor({ shape, data }: Maps): Tensor {
  return tensor(Float64Array.from(data), { shape }) as Tensor
}

describe('roiAlign', () => {
  it('averages bilinear samples: by loops', () => {
    fc.assert(
      fc.property(
        maps,
        box,
        outputSize,
        fc.integer({ min: -1, max: 3 }),
        fc.boolean(),
        (maps, [x1, y1, x2, y2], outputSize, samplingRatio, aligned) => {
          const boxes: Tensor = tensor([[maps.image, x1, y1, x2, y2]], { dtype: 'float64' })
          const found = roiAlign(asTensor(maps), boxes, { outputSize, samplingRatio, aligned })
          const wanted: number[] = []
          for (let channel = 0; channel < maps.shape[1]; channel++)
            for (let row = 0; row < outputSize[0]; row++)
              for (let column = 0; column < outputSize[1]; column++) {
                const ys = samples([y1, y2], row, outputSize[0], { samplingRatio, aligned })
                const xs = samples([x1, x2], column, outputSize[1], { samplingRatio, aligned })
                const values = ys.flatMap((y) => xs.map((x) => bilinear(maps, channel, y, x)))
                wanted.push(values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length))
              }
          expectNear(found.dataSync(), wanted)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('is constant where the features are, whatever the box on the map', () => {
    const features: Tensor = tensor(new Float32Array(2 * 64).fill(3), { shape: [1, 2, 8, 8] })
    const boxes: Tensor = tensor([[0, 1.3, 0.7, 30.2, 25.9]])
    const found = roiAlign(features, boxes, { outputSize: 7, spatialScale: 0.25, aligned: true })
    expect(found.shape).toEqual([1, 2, 7, 7])
    expectNear(found.dataSync(), new Array(98).fill(3), 1e-6)
  })

  it('has the gradient of finite differences', async () => {
    const features: Tensor = tensor(
      Float32Array.from({ length: 40 }, (_, i) => Math.sin(i)),
      { shape: [2, 1, 4, 5] },
    )
    const boxes: Tensor = tensor([
      [1, 0.3, 0.2, 4.4, 3.9],
      [0, -2.3, 1.2, 2.6, 5.3],
    ])
    for (const samplingRatio of [-1, 2]) {
      const pooled = roiAlign(features, boxes, { outputSize: [2, 3], samplingRatio })
      await checkGradients(pooled.square().sum(), [features])
    }
  })
})

describe('roiPool', () => {
  it('takes the largest of each bin: by loops', () => {
    const corner = fc.integer({ min: -5, max: 15 }).map((n) => n / 2)
    fc.assert(
      fc.property(maps, fc.tuple(corner, corner, corner, corner), outputSize, (maps, edges, outputSize) => {
        const boxes: Tensor = tensor([[maps.image, ...edges]])
        const found = roiPool(asTensor(maps), boxes, { outputSize })
        const [x1, y1, x2, y2] = edges.map((edge) => Math.sign(edge) * Math.round(Math.abs(edge)))
        const wanted: number[] = []
        for (let channel = 0; channel < maps.shape[1]; channel++)
          for (let row = 0; row < outputSize[0]; row++)
            for (let column = 0; column < outputSize[1]; column++) {
              const ys = cells([y1!, y2!], row, outputSize[0], maps.shape[2])
              const xs = cells([x1!, x2!], column, outputSize[1], maps.shape[3])
              const values = ys.flatMap((y) => xs.map((x) => at(maps, channel, y, x)))
              wanted.push(values.length === 0 ? 0 : Math.max(...values))
            }
        expectNear(found.dataSync(), wanted)
      }),
      { numRuns: 200 },
    )
  })

  it('sends gradients to the first of the largest elements, and adds up those of several regions', () => {
    // Equal ones at (0, 1) and (1, 0): the first in reading order is in the first row.
    const features: Tensor = tensor([
      [
        [
          [0, 5, 1],
          [5, 2, 9],
        ],
      ],
    ])
    const boxes: Tensor = tensor([
      [0, 0, 0, 1, 1],
      [0, 0, 0, 1, 1],
      [0, 0, 0, 2, 1],
      [0, 7, 7, 8, 8],
    ])
    const pooled = roiPool(features, boxes, { outputSize: 1 })
    expect([...pooled.dataSync()]).toEqual([5, 5, 9, 0])
    const weights: Tensor = tensor([10, 1, 100, 1000])
    const [gradient] = gradients(pooled.flatten().multiply(weights).sum(), [features])
    expect([...gradient!.dataSync()]).toEqual([0, 11, 0, 0, 0, 100])
  })
})

describe.each([
  ['roiAlign', roiAlign],
  ['roiPool', roiPool],
] as const)('%s', (name, pool) => {
  it('takes boxes of each image, too', () => {
    const features: Tensor = tensor(
      Float32Array.from({ length: 96 }, (_, i) => Math.cos(i)),
      { shape: [2, 3, 4, 4] },
    )
    const places = [
      [0.2, 0.4, 3.1, 2.9],
      [1, 1, 2.6, 3.4],
      [0, 0, 4, 4],
      [2.2, 0.1, 3.3, 3.5],
    ]
    const perImage: Tensor = tensor([places.slice(0, 2), places.slice(2)])
    const numbered: Tensor = tensor(places.map((numbers, i) => [Math.floor(i / 2), ...numbers]))
    const found = pool(features, perImage, { outputSize: 2 })
    expect(found.shape).toEqual([4, 3, 2, 2])
    expectNear(found.dataSync(), pool(features, numbered, { outputSize: 2 }).dataSync(), 1e-6)
  })

  it('says what does not fit', () => {
    const features: Tensor = tensor([[[[1]]]])
    expect(() => pool(features, tensor([[1, 2, 3]]) as Tensor, { outputSize: 2 })).toThrow(
      `${name}: boxes must be [K, 5] (number of the image, x1, y1, x2, y2) or, for features [1, 1, 1, 1], [1, R, 4]; got [1, 3].`,
    )
    expect(() => pool(features, tensor([[0, 1, 2, 3, 4]]) as Tensor, { outputSize: 0 })).toThrow(
      `${name}: outputSize must be a positive integer or two; got 0.`,
    )
    const image: Tensor = tensor([[1]])
    expect(() => pool(image, tensor([[0, 1, 2, 3, 4]]) as Tensor, { outputSize: 1 })).toThrow(
      `${name}: features must be [N, C, H, W]; got [1, 1].`,
    )
  })
})

/** Where the samples of a bin are, along one axis. */
function samples(
  [from, to]: readonly [number, number],
  bin: number,
  bins: number,
  { samplingRatio, aligned }: { samplingRatio: number; aligned: boolean },
): number[] {
  const start = aligned ? from - 0.5 : from
  const length = aligned ? to - from : Math.max(1, to - from)
  const count = samplingRatio > 0 ? samplingRatio : Math.ceil(length / bins)
  return Array.from({ length: Math.max(0, count) }, (_, i) => start + (length / bins) * (bin + (i + 0.5) / count))
}

function bilinear(maps: Maps, channel: number, y: number, x: number): number {
  const [, , height, width] = maps.shape
  if (y < -1 || y > height || x < -1 || x > width) return 0
  const [row, column] = [Math.min(Math.max(y, 0), height - 1), Math.min(Math.max(x, 0), width - 1)]
  const [top, left] = [Math.floor(row), Math.floor(column)]
  const [bottom, right] = [Math.min(top + 1, height - 1), Math.min(left + 1, width - 1)]
  const [down, along] = [row - top, column - left]
  return (
    (1 - down) * ((1 - along) * at(maps, channel, top, left) + along * at(maps, channel, top, right)) +
    down * ((1 - along) * at(maps, channel, bottom, left) + along * at(maps, channel, bottom, right))
  )
}

/** The cells of a bin on the map, along one axis. */
function cells([first, last]: readonly [number, number], bin: number, bins: number, count: number): number[] {
  const length = Math.max(1, last - first + 1)
  const start = first + Math.floor((bin * length) / bins)
  const stop = first + Math.ceil(((bin + 1) * length) / bins)
  return Array.from({ length: count }, (_, cell) => cell).filter((cell) => cell >= start && cell < stop)
}
