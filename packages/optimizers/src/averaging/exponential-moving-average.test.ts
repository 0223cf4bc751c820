import { tensor, Variable } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { ExponentialMovingAverage } from '../index.ts'

test('follows the parameters, starting from them', () => {
  const x = new Variable(tensor([0, 8]))
  const average = new ExponentialMovingAverage({ x }, { decay: 0.75 })
  x.assign(tensor([4, 8]))
  average.update()
  average.update()
  expect([...average.stateDict().x!.dataSync()]).toEqual([4 * (1 - 0.75 ** 2), 8])
})

test('swaps in and out', () => {
  const x = new Variable(tensor(1))
  const average = new ExponentialMovingAverage([x], { decay: 0.5 })
  x.assign(tensor(3))
  average.update()
  average.swap()
  expect(x.value.itemSync()).toBe(2)
  average.swap()
  expect(x.value.itemSync()).toBe(3)
})

test('goes on from what was saved', () => {
  const [x, y] = [new Variable(tensor(1)), new Variable(tensor(5))]
  const [first, second] = [new ExponentialMovingAverage({ x }), new ExponentialMovingAverage({ x: y })]
  second.loadStateDict(first.stateDict())
  expect(second.stateDict().x!.itemSync()).toBe(1)
  expect(() => second.loadStateDict({})).toThrow('ExponentialMovingAverage: the saved state does not fit: missing x')
  expect(() => new ExponentialMovingAverage({ x }, { decay: 1 })).toThrow('decay is 1')
})
