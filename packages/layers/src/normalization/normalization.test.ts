import { key, normal, type Tensor, tensor, zeros } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import {
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  evaluate,
  GroupNorm,
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  LayerNorm,
  parameters,
  RMSNorm,
  stateDict,
} from '../index.ts'

const values = (x: Tensor): number[] => [...x.dataSync()]
const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length
const variance = (list: readonly number[]): number => mean(list.map((x) => (x - mean(list)) ** 2))

/** Mean 0 and variance 1, but for the epsilon. */
function expectNormalized(list: readonly number[]): void {
  expect(mean(list)).toBeCloseTo(0, 5)
  expect(variance(list)).toBeCloseTo(1, 3)
}

/** The elements of each channel of [N, C, ...]. */
function channels(x: Tensor): number[][] {
  const count: number = x.shape[1]
  return Array.from({ length: count }, (_, c) => values(x.select(1, c)))
}

const images: Tensor = normal([4, 3, 5, 2], { mean: 7, standardDeviation: 3, key: key(1) })

describe('BatchNorm', () => {
  test('normalizes each channel over batch and positions', () => {
    for (const channel of channels(new BatchNorm2d(3).forward(images))) expectNormalized(channel)
    const volumes: Tensor = images.unsqueeze(2)
    for (const channel of channels(new BatchNorm3d(3).forward(volumes))) expectNormalized(channel)
    const signals: Tensor = images.flatten(2)
    for (const channel of channels(new BatchNorm1d(3).forward(signals))) expectNormalized(channel)
    for (const channel of channels(new BatchNorm1d(6).forward(images.reshape([20, 6]) as Tensor)))
      expectNormalized(channel)
  })

  test('running statistics approach those of the data, and evaluation uses them for any batch', () => {
    const layer = new BatchNorm2d(3)
    for (let batch = 0; batch < 80; batch++) layer.forward(images)
    const expected = channels(images)
    values(layer.runningMean!.value).forEach((found, c) => {
      expect(found).toBeCloseTo(mean(expected[c]!), 2)
    })
    values(layer.runningVar!.value).forEach((found, c) => {
      expect(found).toBeCloseTo((variance(expected[c]!) * 40) / 39, 2)
    })
    expect(layer.numBatchesTracked!.value.itemSync()).toBe(80)
    evaluate(layer)
    const whole = layer.forward(images)
    const one: Tensor = layer.forward(images.narrow(0, 1, 1) as Tensor)
    expect(values(one)).toEqual(values((whole as Tensor).select(0, 1)))
    expect(layer.numBatchesTracked!.value.itemSync()).toBe(80)
  })

  test('with cumulative momentum they are the mean of all batches', () => {
    const layer = new BatchNorm1d(1, { momentum: 'cumulative' })
    for (const batch of [
      [1, 3],
      [4, 8],
      [0, 2],
    ])
      layer.forward(tensor(batch).unsqueeze(1))
    expect(layer.runningMean!.value.itemSync()).toBeCloseTo((2 + 6 + 1) / 3, 5)
    expect(layer.runningVar!.value.itemSync()).toBeCloseTo((2 + 8 + 2) / 3, 5)
  })

  test('has PyTorch’s names; without statistics or affine map it lacks them', () => {
    expect(Object.keys(stateDict(new BatchNorm2d(3)))).toEqual([
      'weight',
      'bias',
      'running_mean',
      'running_var',
      'num_batches_tracked',
    ])
    expect([...parameters(new BatchNorm2d(3)).keys()]).toEqual(['weight', 'bias'])
    expect(Object.keys(stateDict(new BatchNorm2d(3, { affine: false, trackRunningStatistics: false })))).toEqual([])
  })

  test('what does not fit is an error', () => {
    expect(() => new BatchNorm2d(4).forward(images)).toThrow(
      'BatchNorm2d: input [4, 3, 5, 2] does not fit; the layer takes [N, 4, height, width].',
    )
    expect(() => new BatchNorm1d(3).forward(images)).toThrow('the layer takes [N, 3] or [N, 3, length]')
    expect(() => new BatchNorm1d(3).forward(zeros([1, 3]))).toThrow('has one value per channel')
    expect(() => new BatchNorm1d(3, { momentum: 2 })).toThrow('BatchNorm1d: momentum is 2')
  })
})

describe('InstanceNorm', () => {
  test('normalizes each channel of each example', () => {
    const y: Tensor = new InstanceNorm2d(3).forward(images)
    for (let n = 0; n < 4; n++) for (const channel of channels(y.narrow(0, n, 1) as Tensor)) expectNormalized(channel)
    expect(values(new InstanceNorm1d(3).forward(images.flatten(2) as Tensor))).toEqual(values(y))
    expect(values(new InstanceNorm3d(3).forward(images.unsqueeze(2) as Tensor))).toEqual(values(y))
  })

  test('has nothing to learn or keep unless asked', () => {
    expect(stateDict(new InstanceNorm2d(3))).toEqual({})
    expect(Object.keys(stateDict(new InstanceNorm2d(3, { affine: true, trackRunningStatistics: true }))).length).toBe(5)
  })

  test('one position per channel has no variance', () => {
    expect(() => new InstanceNorm1d(3).forward(zeros([2, 3, 1]))).toThrow('has one position per channel')
  })
})

describe('GroupNorm', () => {
  const x: Tensor = normal([2, 6, 4], { mean: -2, key: key(3) })

  test('normalizes groups of neighbouring channels of each example', () => {
    const y: Tensor = new GroupNorm(3, 6).forward(x)
    for (let n = 0; n < 2; n++)
      for (let group = 0; group < 3; group++)
        expectNormalized(values((y.select(0, n) as Tensor).narrow(0, 2 * group, 2) as Tensor))
  })

  test('of as many groups as channels is InstanceNorm', () => {
    const [a, b]: Tensor[] = [new GroupNorm(6, 6).forward(x), new InstanceNorm1d(6).forward(x)]
    values(a!).forEach((value, i) => {
      expect(value).toBeCloseTo(values(b!)[i]!, 5)
    })
  })

  test('what does not fit is an error', () => {
    expect(() => new GroupNorm(4, 6)).toThrow('GroupNorm: channels is 6, which cannot be split into 4 groups.')
    expect(() => new GroupNorm(2, 4).forward(x)).toThrow('the layer takes [N, 4, ...]')
  })
})

describe('LayerNorm and RMSNorm', () => {
  const x: Tensor = normal([3, 2, 4], { mean: 5, key: key(4) })

  test('normalize the last axes', () => {
    const rows: Tensor = new LayerNorm([2, 4]).forward(x)
    for (let row = 0; row < 3; row++) expectNormalized(values(rows.select(0, row) as Tensor))
    const y = values(new RMSNorm(4).forward(x).narrow(0, 0, 1).select(1, 0) as Tensor)
    expect(mean(y.map((value) => value ** 2))).toBeCloseTo(1, 5)
  })

  test('have factors and offsets where asked', () => {
    expect(Object.keys(stateDict(new LayerNorm(4)))).toEqual(['weight', 'bias'])
    expect(Object.keys(stateDict(new LayerNorm(4, { bias: false })))).toEqual(['weight'])
    expect(Object.keys(stateDict(new LayerNorm(4, { affine: false })))).toEqual([])
    expect(Object.keys(stateDict(new RMSNorm([2, 4])))).toEqual(['weight'])
  })

  test('shapes that do not fit are errors', () => {
    expect(() => new LayerNorm([2, 5]).forward(x)).toThrow('[3, 2, 4] does not end in [2, 5]')
    expect(() => new LayerNorm([])).toThrow('LayerNorm: normalizedShape is empty')
    expect(() => new RMSNorm(0)).toThrow('RMSNorm: normalizedShape is 0')
  })
})
