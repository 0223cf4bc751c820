import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arange, zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import { sizeOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'

function ramp(shape: readonly number[], scale: number): Tensor {
  return arange({ stop: sizeOf(shape) })
    .multiply(scale)
    .sin()
    .reshape(shape)
}

describe('matmul', () => {
  it('multiplies matrices', () => {
    const product = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]).matmul(
      tensor([
        [1, 0],
        [0, 1],
        [2, 2],
      ]),
    )
    expectTensor(product, [2, 2], [7, 8, 16, 17])
  })

  it.each([
    [[3], [3], []],
    [[3], [3, 4], [4]],
    [[2, 3], [3], [2]],
    [[3], [5, 3, 4], [5, 4]],
    [[5, 2, 3], [3], [5, 2]],
    [
      [2, 3],
      [5, 3, 4],
      [5, 2, 4],
    ],
    [
      [5, 2, 3],
      [3, 4],
      [5, 2, 4],
    ],
    [
      [5, 1, 2, 3],
      [6, 3, 4],
      [5, 6, 2, 4],
    ],
    [
      [0, 3],
      [3, 2],
      [0, 2],
    ],
    [
      [2, 0],
      [0, 3],
      [2, 3],
    ],
  ])('%o × %o → %o', (left, right, expected) => {
    expect(zeros(left).matmul(zeros(right)).shape).toEqual(expected)
  })

  it('agrees with sums of products, batches broadcast', () => {
    const batch = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 })
    const side = fc.integer({ min: 1, max: 4 })
    fc.assert(
      fc.property(
        batch,
        fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
        side,
        side,
        side,
        (sizes, ones, m, k, n) => {
          const left = ramp([...sizes.map((size, i) => (ones[i] ? 1 : size)), m, k], 0.7)
          const right = ramp([...sizes, k, n], 1.3)
          const products = left.unsqueeze(-1).multiply(right.unsqueeze(-3))
          const expected = products.sum(-2)
          expectTensor(left.matmul(right), expected.shape, [...expected.dataSync()])
        },
      ),
      { numRuns: 40 },
    )
  })

  it('says which sizes differ', () => {
    const [a, b, c]: Tensor[] = [zeros([32, 784]), zeros([512, 10]), zeros([10, 784])]
    expect(() => a!.matmul(b!)).toThrow('matmul: inner sizes differ: [32, 784] × [512, 10] (784 ≠ 512).')
    expect(() => a!.matmul(c!)).toThrow(
      'matmul: inner sizes differ: [32, 784] × [10, 784] (784 ≠ 10). Transpose the second operand?',
    )
    expect(() => a!.matmul(zeros([]))).toThrow('matmul: operands need at least 1 axis: [32, 784] × [].')
    const [d, e]: Tensor[] = [zeros([2, 5, 3]), zeros([4, 3, 5])]
    expect(() => d!.matmul(e!)).toThrow('matmul: cannot broadcast 2 with 4')
  })

  it('promotes', () => {
    expect(zeros([2, 2], 'int32').matmul(zeros([2, 2])).dtype).toBe('float32')
    expect(zeros([2, 2], 'int32').matmul(zeros([2, 2], 'int32')).dtype).toBe('int32')
  })
})

describe('dot', () => {
  it('is the scalar product', () => {
    expectTensor(tensor([1, 2, 3]).dot(tensor([4, 5, 6])), [], [32])
  })

  it('takes vectors of one size only', () => {
    const x: Tensor = zeros([3])
    expect(() => x.dot(zeros([4]))).toThrow('dot: sizes differ: [3] · [4].')
    expect(() => x.dot(zeros([3, 3]))).toThrow('dot: takes two vectors, not [3] and [3, 3].')
  })
})

describe('contract', () => {
  it('puts batch pairs first, then the others of left and right', () => {
    const left = ramp([2, 3, 4], 0.3)
    const right = ramp([4, 5, 2], 0.9)
    const result = left.contract(right, { batch: [[0, -1]], over: [[2, 0]] })
    const [a, b, c] = [left.toArraySync(), right.toArraySync(), result.toArraySync()]
    expect(result.shape).toEqual([2, 3, 5])
    for (let n = 0; n < 2; n++)
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 5; j++) {
          let sum = 0
          for (let k = 0; k < 4; k++) sum += a[n][i][k] * b[k][j][n]
          expect(c[n][i][j]).toBeCloseTo(sum, 5)
        }
  })
})
