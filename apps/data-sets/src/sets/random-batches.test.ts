import { expect, test } from 'vitest'
import { randomBatches } from './random-batches.ts'

test('every epoch has its own batches, the same whenever it is asked for', () => {
  const data = randomBatches(3, (epoch) => {
    let drawn = 0
    return () => 10 * epoch + drawn++
  })
  expect(data.length).toBe(3)
  expect([...(data.epoch(1) as Iterable<number>)]).toEqual([10, 11, 12])
  expect([...(data.epoch(1) as Iterable<number>)]).toEqual([10, 11, 12])
  expect([...(data.epoch(2) as Iterable<number>)]).toEqual([20, 21, 22])
})
