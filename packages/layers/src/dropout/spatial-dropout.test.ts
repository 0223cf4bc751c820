import { key, ones, type Tensor, zeros } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { evaluate, SpatialDropout } from '../index.ts'

test('drops whole channels of single examples, and scales the others', () => {
  const y = new SpatialDropout(0.25, { key: key(1) }).forward(ones([50, 20, 3, 2])).toArraySync() as number[][][][]
  const channels = y.flat().map((channel) => new Set(channel.flat()))
  expect(channels.every((kinds) => kinds.size === 1)).toBe(true)
  const dropped = channels.filter((kinds) => kinds.has(0)).length
  // Four standard deviations of the binomial distribution: √(1000 · ¼ · ¾) = 13.7.
  expect(Math.abs(dropped - 250)).toBeLessThan(55)
  expect(channels.every((kinds) => kinds.has(0) || kinds.has(Math.fround(4 / 3)))).toBe(true)
})

test('is the identity in evaluation mode and for probability 0, and drops everything for 1', () => {
  const x = ones([2, 3, 4])
  const layer = new SpatialDropout(0.9)
  evaluate(layer)
  expect(layer.forward(x)).toBe(x)
  expect(new SpatialDropout(0).forward(x)).toBe(x)
  expect(new Set(new SpatialDropout(1).forward(x).dataSync())).toEqual(new Set([0]))
})

test('what has no channels is an error', () => {
  const x: Tensor = zeros([3])
  expect(() => new SpatialDropout().forward(x)).toThrow('SpatialDropout: input [3] has no channels')
  expect(() => new SpatialDropout(2)).toThrow('SpatialDropout: probability is 2')
})
