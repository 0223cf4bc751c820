import { key, type Tensor } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import {
  Conv2d,
  fanInUniform,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  Linear,
  leCunNormal,
  leCunUniform,
} from '../index.ts'

function statistics(x: Tensor): { mean: number; deviation: number; largest: number } {
  const data = [...x.dataSync()]
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length
  const deviation = Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length)
  return { mean, deviation, largest: Math.max(...data.map(Math.abs)) }
}

const shape = [40, 15, 2, 3] as const
const [fanIn, fanOut] = [15 * 6, 40 * 6]

describe('on a weight of 40 outputs and 15 inputs with a 2 × 3 kernel', () => {
  test.each([
    ['glorotUniform', glorotUniform, Math.sqrt(6 / (fanIn + fanOut))],
    ['heUniform', heUniform, Math.sqrt(6 / fanIn)],
    ['leCunUniform', leCunUniform, Math.sqrt(3 / fanIn)],
    ['fanInUniform', fanInUniform, 1 / Math.sqrt(fanIn)],
  ] as const)('%s fills the interval of its paper evenly', (_, initialize, bound) => {
    const { mean, deviation, largest } = statistics(initialize(shape, { key: key(7) }))
    expect(largest).toBeLessThanOrEqual(bound)
    expect(largest).toBeGreaterThan(0.99 * bound)
    expect(Math.abs(mean)).toBeLessThan(0.05 * bound)
    expect(deviation / (bound / Math.sqrt(3))).toBeCloseTo(1, 1)
  })

  test.each([
    ['glorotNormal', glorotNormal, Math.sqrt(2 / (fanIn + fanOut))],
    ['heNormal', heNormal, Math.sqrt(2 / fanIn)],
    ['leCunNormal', leCunNormal, Math.sqrt(1 / fanIn)],
  ] as const)('%s has the variance of its paper', (_, initialize, expected) => {
    const { mean, deviation, largest } = statistics(initialize(shape, { key: key(7) }))
    expect(deviation / expected).toBeCloseTo(1, 1)
    expect(Math.abs(mean)).toBeLessThan(0.05 * expected)
    expect(largest).toBeGreaterThan(2.5 * expected)
  })
})

test('a shape without inputs and outputs is an error that names it', () => {
  expect(() => heNormal([3])).toThrow(
    'heNormal: a weight [outputs, inputs, ...kernel] without empty axes is needed, not [3].',
  )
  expect(() => glorotUniform([3, 0])).toThrow('not [3, 0]')
})

describe('layers', () => {
  test('start as PyTorch’s do, weight and bias in U(−1/√fanIn, 1/√fanIn)', () => {
    for (const [layer, inputs] of [
      [new Linear(400, 300, { key: key(1) }), 400],
      [new Conv2d(16, 100, [3, 5], { groups: 2, key: key(1) }), 8 * 15],
    ] as const)
      for (const { value } of [layer.weight, layer.bias!]) {
        const { largest, deviation } = statistics(value)
        expect(largest).toBeLessThanOrEqual(1 / Math.sqrt(inputs))
        expect(deviation * Math.sqrt(3 * inputs)).toBeCloseTo(1, 0)
      }
  })

  test('of one key are equal, of different keys not; weight and bias do not repeat each other', () => {
    const [a, b, c] = [key(1), key(1), key(2)].map((seed) => new Linear(1, 4, { key: seed }))
    const values = (layer: Linear | undefined): unknown => [
      layer!.weight.value.toArraySync(),
      layer!.bias!.value.toArraySync(),
    ]
    expect(values(a)).toEqual(values(b))
    expect(values(a)).not.toEqual(values(c))
    expect([...a!.weight.value.dataSync()]).not.toEqual([...a!.bias!.value.dataSync()])
  })

  test('without a key all differ', () => {
    const [a, b] = [new Linear(2, 2), new Linear(2, 2)]
    expect(a.weight.value.toArraySync()).not.toEqual(b.weight.value.toArraySync())
  })
})
