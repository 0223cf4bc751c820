import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatenateDatasets } from './concatenate-datasets.ts'
import type { Dataset, InMemoryDataset } from './dataset.ts'
import { filterDataset } from './filter-dataset.ts'
import { mapDataset } from './map-dataset.ts'
import { subset } from './subset.ts'
import { tensorDataset } from './tensor-dataset.ts'
import { zipDatasets } from './zip-datasets.ts'

const numbers = (from: number, length: number) => tensorDataset(tensor(Int32Array.from({ length }, (_, i) => from + i)))

const slow = <Fields extends readonly Tensor[]>(dataset: InMemoryDataset<Fields>): Dataset<Fields> => ({
  length: dataset.length,
  take: async (positions, epoch) => dataset.take(positions, epoch),
})

const values = (fields: readonly Tensor[]): number[][] => fields.map((field) => [...field.dataSync()])

test('a mapped data set maps what is taken, waiting where it must', async () => {
  const doubled = mapDataset(numbers(0, 5), (n) => [n.multiply(2), n])
  expect(values(doubled.take([3, 1]))).toEqual([
    [6, 2],
    [3, 1],
  ])
  const later = mapDataset(slow(numbers(0, 5)), async (n) => [n.multiply(2)])
  expect(values(await later.take([4]))).toEqual([[8]])
  expect(() => mapDataset(numbers(0, 5), (n) => [n.reshape([1, 2])]).take([1, 2])).toThrow(
    "field 0 has the shape [1, 2]; its first axis must count the batch's 2 examples",
  )
})

test('concatenated data sets number their examples on, in any order, waiting where they must', async () => {
  const lengths = fc.array(fc.nat(5), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(lengths, fc.array(fc.nat(30), { maxLength: 12 }), async (lengths, draws) => {
      const total = lengths.reduce((sum, n) => sum + n, 0)
      const positions = total === 0 ? [] : draws.map((draw) => draw % total)
      let from = 0
      const parts = lengths.map((length) => {
        from += length
        return numbers(from - length, length)
      })
      const whole = concatenateDatasets(...parts)
      expect(whole.length).toBe(total)
      expect(values(whole.take(positions))).toEqual([positions])
      expect(values(await concatenateDatasets(...parts.map(slow)).take(positions))).toEqual([positions])
    }),
  )
  expect(() => concatenateDatasets()).toThrow('there is no data set')
})

test('zipped data sets have the fields of both', async () => {
  expect(values(zipDatasets(numbers(0, 3), numbers(10, 3)).take([2, 0]))).toEqual([
    [2, 0],
    [12, 10],
  ])
  expect(values(await zipDatasets(numbers(0, 3), slow(numbers(10, 3))).take([1]))).toEqual([[1], [11]])
  expect(() => zipDatasets(numbers(0, 3), numbers(0, 4))).toThrow('the first has 3 examples, the second 4')
})

test('a filtered data set keeps the examples that are marked', async () => {
  const even = await filterDataset(numbers(0, 600), (n) => [...n.dataSync()].map((value) => value % 2 === 0))
  expect(even.length).toBe(300)
  expect(values(even.take([0, 299]))).toEqual([[0, 598]])
  const small = await filterDataset(slow(numbers(0, 6)), (n) => n.less(3).data())
  expect(values(await small.take([0, 1, 2]))).toEqual([[0, 1, 2]])
  await expect(filterDataset(numbers(0, 4), () => [true])).rejects.toThrow('keep gave 1 truth values for 4 examples')
})

test('the epoch reaches the data set below', async () => {
  const epochs: (number | undefined)[] = []
  const source: InMemoryDataset<readonly [Tensor<[number]>]> = {
    length: 4,
    take(positions, epoch) {
      epochs.push(epoch)
      return [tensor(Array.from(positions))]
    },
  }
  subset(source, [1]).take([0], 3)
  mapDataset(source, (n) => [n]).take([0], 4)
  zipDatasets(source, source).take([0], 5)
  concatenateDatasets(source, source).take([0, 5], 6)
  expect(epochs).toEqual([3, 4, 5, 5, 6, 6])
})
