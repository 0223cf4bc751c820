import { tensor } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { stackExamples } from './stack-examples.ts'

test('fields are stacked one by one, each with its dtype', () => {
  const [x, y, z] = stackExamples([
    [tensor([1, 2]), 3, true],
    [tensor([4, 5]), 6, false],
  ])
  expect([x.shape, x.dtype, [...x.dataSync()]]).toEqual([[2, 2], 'float32', [1, 2, 4, 5]])
  expect([y.shape, y.dtype, [...y.dataSync()]]).toEqual([[2], 'float32', [3, 6]])
  expect([z.shape, z.dtype, [...z.dataSync()]]).toEqual([[2], 'bool', [1, 0]])
})

test('scalars of integer dtypes keep them', () => {
  const [labels] = stackExamples([[tensor(3, { dtype: 'int32' })], [tensor(1, { dtype: 'int32' })]])
  expect([labels.shape, labels.dtype, [...labels.dataSync()]]).toEqual([[2], 'int32', [3, 1]])
})

test('examples that differ are an error that names the field and the example', () => {
  expect(() => stackExamples([[tensor([1, 2])], [tensor([1])]])).toThrow(
    'field 0 is float32 [2] in example 0, but float32 [1] in example 1',
  )
  expect(() => stackExamples([[1], [true]])).toThrow('but bool [] in example 1')
  expect(() => stackExamples([[1, 2], [1]])).toThrow('but nothing [] in example 1')
  expect(() => stackExamples([])).toThrow('there is no example')
})
