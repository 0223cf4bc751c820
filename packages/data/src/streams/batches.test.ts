import { tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Dataset } from '../datasets/dataset.ts'
import { tensorDataset } from '../datasets/tensor-dataset.ts'
import { batches } from './batches.ts'

/** Examples whose two fields are i and 10·i. */
function counting(length: number) {
  const numbers = Int32Array.from({ length }, (_, i) => i)
  return tensorDataset(tensor(numbers), tensor(numbers.map((i) => 10 * i)))
}

function walk(from: Iterable<readonly [ReturnType<typeof tensor>, ...unknown[]]>): number[][] {
  return [...from].map(([numbers]) => [...numbers.dataSync()])
}

const options = fc.record({
  batchSize: fc.integer({ min: 1, max: 12 }),
  shuffle: fc.boolean(),
  seed: fc.maxSafeInteger(),
  dropLast: fc.boolean(),
})

test('an epoch has every example exactly once, but for the dropped last batch', () => {
  fc.assert(
    fc.property(fc.nat(40), options, (length, options) => {
      const walked = walk(batches(counting(length), options))
      const kept = options.dropLast ? length - (length % options.batchSize) : length
      const examples = walked.flat()
      expect(new Set(examples).size).toBe(kept)
      expect(examples).toHaveLength(kept)
      expect(examples.every((i) => i >= 0 && i < length)).toBe(true)
    }),
  )
})

test('all batches have the batch size but the last, and there are as many as `length` says', () => {
  fc.assert(
    fc.property(fc.nat(40), options, (length, options) => {
      const all = batches(counting(length), options)
      const sizes = walk(all).map((batch) => batch.length)
      expect(sizes).toHaveLength(all.length)
      const last = sizes.pop()
      for (const size of sizes) expect(size).toBe(options.batchSize)
      if (last !== undefined && options.dropLast) expect(last).toBe(options.batchSize)
      else if (last !== undefined) expect(last).toBe(length % options.batchSize || options.batchSize)
    }),
  )
})

test('the same seed gives the same order in every epoch, and each epoch another', () => {
  const options = { batchSize: 7, shuffle: true, seed: 5 } as const
  const [one, two] = [batches(counting(40), options), batches(counting(40), options)]
  const epochs = [walk(one), walk(one), walk(one)]
  expect([walk(two), walk(two), walk(two)]).toEqual(epochs)
  expect(epochs[0]).not.toEqual(epochs[1])
  expect(epochs[1]).not.toEqual(epochs[2])
  expect(walk(batches(counting(40), { ...options, seed: 6 }))).not.toEqual(epochs[0])
})

test('without shuffling examples come in their order', () => {
  expect(walk(batches(counting(7), { batchSize: 3 }))).toEqual([[0, 1, 2], [3, 4, 5], [6]])
})

test('an epoch can be had by its number, without counting as a walk', () => {
  const all = batches(counting(20), { batchSize: 6, shuffle: true })
  const third = walk(all.epoch(2))
  const walked = [walk(all), walk(all), walk(all)]
  expect(walked[2]).toEqual(third)
  expect(walk(all.epoch(0))).toEqual(walked[0])
})

test('fields stay together', () => {
  for (const [numbers, tens] of batches(counting(30), { batchSize: 4, shuffle: true }))
    expect([...tens.dataSync()]).toEqual([...numbers.dataSync()].map((i) => 10 * i))
})

test('waiting for the batches gives the same as not waiting', async () => {
  const options = { batchSize: 4, shuffle: true, seed: 9 } as const
  const awaited: number[][] = []
  for await (const [numbers] of batches(counting(10), options)) awaited.push([...numbers.dataSync()])
  expect(awaited).toEqual(walk(batches(counting(10), options)))
})

test('data that must be waited for come in order', async () => {
  const inMemory = tensorDataset(tensor(Int32Array.of(0, 1, 2, 3)))
  const slow: Dataset<readonly [ReturnType<typeof tensor>]> = { length: 4, take: async (at) => inMemory.take(at) }
  const awaited: number[] = []
  for await (const [numbers] of batches(slow, { batchSize: 3 })) awaited.push(...numbers.dataSync())
  expect(awaited).toEqual([0, 1, 2, 3])
})

test('a walk left early does not disturb the next', () => {
  const all = batches(counting(20), { batchSize: 5, shuffle: true })
  for (const _ of all) break
  expect(walk(all)).toEqual(walk(all.epoch(1)))
})

test('an empty data set has no batches', () => {
  const all = batches(counting(0), { batchSize: 4 })
  expect(all.length).toBe(0)
  expect(walk(all)).toEqual([])
})

test('a batch size that makes no sense is an error that shows it', () => {
  for (const batchSize of [0, -1, 1.5, Number.NaN])
    expect(() => batches(counting(4), { batchSize })).toThrow(`got ${batchSize}`)
})

test('a walk resumed after any batch has exactly the batches and epochs that would have come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(30), options, fc.nat(12), fc.nat(3), async (length, options, count, epoch) => {
      const whole = batches(counting(length), options)
      const epochs = Array.from({ length: epoch + 2 }, (_, i) => walk(whole.epoch(i)))
      const first = batches(counting(length), options)
      for (let i = 0; i < epoch; i++) walk(first)
      let seen = 0
      for (const _ of first) if (++seen === count) break
      const saved = JSON.stringify(first.state())
      const second = batches(counting(length), options).resume(JSON.parse(saved))
      const isLeft = count > 0 && count <= whole.length
      expect(walk(second)).toEqual(isLeft ? epochs[epoch]!.slice(count) : epochs[epoch + 1])
      if (isLeft) expect(walk(second)).toEqual(epochs[epoch + 1])
      const awaited: number[][] = []
      for await (const [numbers] of batches(counting(length), options).resume(JSON.parse(saved)))
        awaited.push([...numbers.dataSync()])
      expect(awaited).toEqual(isLeft ? epochs[epoch]!.slice(count) : epochs[epoch + 1])
    }),
  )
})

test('a state of other batches is an error that says how they differ', () => {
  const saved = batches(counting(10), { batchSize: 2, shuffle: true, seed: 1 })
  for (const _ of saved) break
  const other = batches(counting(12), { batchSize: 2, shuffle: true }).resume(saved.state())
  expect(() => walk(other)).toThrow(
    'resume: the walk was saved with examples 10, seed 1; these batches have examples 12, seed 0.',
  )
})

test('batches are a stream: they can be mapped and fetched ahead, and resume so', async () => {
  const build = () =>
    batches(counting(10), { batchSize: 3, shuffle: true })
      .map(([numbers]) => [...numbers.dataSync()])
      .prefetch(2)
  const whole = await build().toArray()
  expect(whole).toEqual(walk(batches(counting(10), { batchSize: 3, shuffle: true })))
  const first = build()
  await first[Symbol.asyncIterator]().next()
  expect(await build().resume(first.state()).toArray()).toEqual(whole.slice(1))
})
