import { gradients } from '@neurite/autograd'
import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Linear, loadStateDict } from '../index.ts'

const number = fc.double({ min: -4, max: 4, noNaN: true }).map(Math.fround)
const matrix = (rows: number, columns: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows })

/** A layer with given parameters. */
function layerOf(weight: readonly number[][], bias?: readonly number[]): Linear {
  const layer = new Linear(weight[0]!.length, weight.length, { bias: bias !== undefined })
  loadStateDict(layer, { weight: tensor(weight), ...(bias && { bias: tensor(bias) }) })
  return layer
}

test('gives x · weightᵀ + bias, as plain loops compute it', () => {
  const sizes = fc.record({
    n: fc.integer({ min: 1, max: 4 }),
    inputs: fc.integer({ min: 1, max: 5 }),
    outputs: fc.integer({ min: 1, max: 4 }),
  })
  const problem = sizes.chain(({ n, inputs, outputs }) =>
    fc.tuple(matrix(n, inputs), matrix(outputs, inputs), fc.array(number, { minLength: outputs, maxLength: outputs })),
  )
  fc.assert(
    fc.property(problem, ([x, weight, bias]) => {
      const y = layerOf(weight, bias).forward(tensor(x)).toArraySync() as number[][]
      for (const [i, row] of x.entries())
        for (const [o, w] of weight.entries()) {
          const expected = row.reduce((sum, value, k) => sum + value * w[k]!, bias[o]!)
          expect(y[i]![o]).toBeCloseTo(expected, 4)
        }
    }),
    { numRuns: 30 },
  )
})

describe('shapes', () => {
  const layer = layerOf([
    [1, 2],
    [3, 4],
    [5, 6],
  ])

  test('all axes but the last are kept, a vector included', () => {
    expect(layer.forward(tensor([1, 1])).toArraySync()).toEqual([3, 7, 11])
    expect(layer.forward(tensor([[[1, 1]], [[0, 1]]])).toArraySync()).toEqual([[[3, 7, 11]], [[2, 4, 6]]])
  })

  test('another number of features is an error that names layer and shapes', () => {
    const x: Tensor = tensor([[1, 2, 3]])
    expect(() => layer.forward(x)).toThrow('Linear: input [1, 3] has 3 features on its last axis; the layer takes 2')
    expect(() => layer.forward(tensor(1) as Tensor)).toThrow('Linear: input [] has no features')
  })
})

test('sizes that are no positive integers are errors', () => {
  expect(() => new Linear(0, 3)).toThrow('Linear: inFeatures is 0; it must be an integer of at least 1.')
  expect(() => new Linear(3, 1.5)).toThrow('Linear: outFeatures is 1.5')
})

test('the gradient of the sum of its outputs is known in closed form', () => {
  const layer = layerOf(
    [
      [1, 2],
      [3, 4],
    ],
    [0, 0],
  )
  const x = tensor([
    [5, 6],
    [7, 8],
  ])
  const [dx, dw, db] = gradients(layer.forward(x).sum(), [x, layer.weight, layer.bias!])
  expect(dx!.toArraySync()).toEqual([
    [4, 6],
    [4, 6],
  ])
  expect(dw!.toArraySync()).toEqual([
    [12, 14],
    [12, 14],
  ])
  expect(db!.toArraySync()).toEqual([2, 2])
})
