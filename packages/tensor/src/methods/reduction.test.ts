import { describe, expect, it } from 'vitest'
import { arange, zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'

const matrix: Tensor = tensor([
  [1, 5, 3],
  [4, 2, 6],
])

describe('axes', () => {
  it('are all by default, one, or several', () => {
    expectTensor(matrix.sum(), [], [21])
    expectTensor(matrix.sum(0), [3], [5, 7, 9])
    expectTensor(matrix.sum(-1), [2], [9, 12])
    expectTensor(matrix.sum([1, 0]), [], [21])
    expectTensor(matrix.sum([]), [2, 3], [1, 5, 3, 4, 2, 6])
  })

  it('stay with size 1 where asked', () => {
    expectTensor(matrix.sum(1, { keepAxes: true }), [2, 1], [9, 12])
    expectTensor(matrix.max(undefined, { keepAxes: true }), [1, 1], [6])
  })

  it('out of range are named with the operation that was called', () => {
    expect(() => matrix.sum(2)).toThrow('sum: axis 2 is out of range for 2 axes; it must be an integer from -2 to 1.')
    expect(() => matrix.mean(2)).toThrow('mean: axis 2')
    expect(() => matrix.variance(2)).toThrow('variance: axis 2')
    expect(() => matrix.softmax(2)).toThrow('softmax: axis 2')
    expect(() => matrix.sum([0, -2])).toThrow('sum: axes [0, -2] name an axis twice.')
  })
})

describe('results', () => {
  it('are those of plain loops', () => {
    expectTensor(matrix.product(1), [2], [15, 48])
    expectTensor(matrix.mean(0), [3], [2.5, 3.5, 4.5])
    expectTensor(matrix.max(0), [3], [4, 5, 6])
    expectTensor(matrix.min(1), [2], [1, 2])
    expectTensor(matrix.argMax(1), [2], [1, 2])
    expectTensor(matrix.argMin(0), [3], [0, 1, 0])
    expectTensor(matrix.argMax(), [], [5])
  })

  it('of argMin are right for all integers', () => {
    expectTensor(tensor([3, 0, 7], { dtype: 'uint8' }).argMin(), [], [1])
    expectTensor(tensor([5, -(2 ** 31), 0], { dtype: 'int32' }).argMin(), [], [1])
    expectTensor(tensor([true, false]).argMin(), [], [1])
  })

  it('variance divides by n − correction', () => {
    const x = tensor([1, 2, 3, 4])
    expectTensor(x.variance(), [], [5 / 3])
    expectTensor(x.variance(0, { correction: 0 }), [], [1.25])
    expectTensor(x.standardDeviation(0), [], [Math.sqrt(5 / 3)])
    expectTensor(tensor([7]).variance(), [], [NaN])
  })

  it('any and all ask for elements other than 0', () => {
    const x = tensor([
      [0, 2],
      [0, 0],
      [1, 3],
    ])
    expectTensor(x.any(1), [3], [1, 0, 1])
    expectTensor(x.all(1), [3], [0, 0, 1])
    expectTensor(zeros([0]).any(), [], [0])
    expectTensor(zeros([0]).all(), [], [1])
  })

  it('of bools and bytes do not overflow', () => {
    const bytes = tensor(new Uint8Array(300).fill(255))
    expect(bytes.sum().dtype).toBe('int32')
    expectTensor(bytes.sum(), [], [76500])
    expectTensor(bytes.mean(), [], [255])
    expectTensor(arange({ stop: 5 }).greater(1).sum(), [], [3])
  })
})

describe('softmax and its relatives', () => {
  it('survive large numbers', () => {
    const x = tensor([1000, 1000, -Infinity])
    expectTensor(x.softmax(0), [3], [0.5, 0.5, 0])
    expectTensor(x.logSoftmax(0), [3], [-Math.log(2), -Math.log(2), -Infinity])
    expectTensor(x.logSumExp(0), [], [1000 + Math.log(2)])
  })

  it('agree with their definitions', () => {
    const x = matrix.multiply(0.3)
    const powers = x.exp()
    const total = powers.sum(1, { keepAxes: true })
    expectTensor(x.softmax(1), [2, 3], [...powers.divide(total).dataSync()])
    expectTensor(x.logSoftmax(1), [2, 3], [...powers.divide(total).log().dataSync()])
    expectTensor(x.logSumExp(1, { keepAxes: true }), [2, 1], [...total.log().dataSync()])
  })

  it('logSumExp of infinities is infinite, not NaN', () => {
    expectTensor(tensor([-Infinity, -Infinity]).logSumExp(0), [], [-Infinity])
    expectTensor(tensor([Infinity, 1]).logSumExp(0), [], [Infinity])
    expectTensor(tensor([NaN, 1]).logSumExp(0), [], [NaN])
  })
})
