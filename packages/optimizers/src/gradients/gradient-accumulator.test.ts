import { tensor, Variable } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { GradientAccumulator } from '../index.ts'

const parameters = { a: new Variable(tensor([0, 0])), b: new Variable(tensor(0)) }

test('gives the mean of what has been added, and starts again', () => {
  const accumulator = new GradientAccumulator(parameters)
  accumulator.add({ a: tensor([1, 2]), b: tensor(3) })
  accumulator.add({ a: tensor([3, 4]), b: tensor(-3) })
  const mean = accumulator.take()
  expect([...mean.keys()]).toEqual(['a', 'b'])
  expect([...mean.get('a')!.dataSync()]).toEqual([2, 3])
  expect(mean.get('b')!.itemSync()).toBe(0)
  accumulator.add({ a: tensor([5, 5]), b: tensor(1) })
  expect([...accumulator.take().get('a')!.dataSync()]).toEqual([5, 5])
})

test('gradients that are missing or unknown are errors', () => {
  const accumulator = new GradientAccumulator(parameters)
  expect(() => accumulator.add({ a: tensor([1, 2]) })).toThrow('parameter "b" has no gradient')
  expect(() => accumulator.add({ c: tensor(1) })).toThrow('gradient "c" belongs to no parameter')
})
