import { tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tensorDataset } from './tensor-dataset.ts'

test('examples are rows: those taken are the rows at the positions, in their order', () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), shapes, fc.array(fc.nat(5), { maxLength: 8 }), (n, example, draws) => {
      const rowSize = example.reduce((product, length) => product * length, 1)
      const values = Float64Array.from({ length: n * rowSize }, (_, i) => i / 3)
      const positions = draws.map((draw) => draw % n)
      const [taken] = tensorDataset(tensor(values, { shape: [n, ...example] })).take(positions)
      expect(taken.shape).toEqual([positions.length, ...example])
      expect(taken.dtype).toBe('float64')
      const rows = positions.flatMap((position) => [...values.slice(position * rowSize, (position + 1) * rowSize)])
      expect([...taken.dataSync()]).toEqual(rows)
    }),
  )
})

test('every field keeps its dtype and its examples stay together', () => {
  const dataset = tensorDataset(
    tensor(Uint8Array.of(1, 2, 3, 4, 5, 6), { shape: [3, 2] }),
    tensor(Int32Array.of(10, 20, 30)),
    tensor([true, false, true]),
  )
  expect(dataset.length).toBe(3)
  const [x, y, z] = dataset.take([2, 0])
  expect([x.dtype, y.dtype, z.dtype]).toEqual(['uint8', 'int32', 'bool'])
  expect([x.dataSync(), y.dataSync(), z.dataSync()]).toEqual([
    Uint8Array.of(5, 6, 1, 2),
    Int32Array.of(30, 10),
    Uint8Array.of(1, 1),
  ])
})

test('what is computed is read once', () => {
  const dataset = tensorDataset(tensor([1, 2, 3]).multiply(2))
  expect(dataset.take([1])[0].dataSync()).toEqual(Float32Array.of(4))
})

test('examples without elements are possible', () => {
  const dataset = tensorDataset(tensor(new Float32Array(), { shape: [2, 0] }), tensor([1, 2]))
  expect(dataset.take([1, 1])[0].shape).toEqual([2, 0])
  expect(tensorDataset(tensor(new Float32Array())).length).toBe(0)
})

test('first axes that differ and scalars are errors that show the shapes', () => {
  expect(() => tensorDataset(tensor([[1], [2]]), tensor([1, 2, 3]))).toThrow('the shapes are [2, 1], [3].')
  expect(() => tensorDataset(tensor(1))).toThrow('the shapes are [].')
})
