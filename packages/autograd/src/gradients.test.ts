import { DTypeError, ShapeError, type Tensor, tensor, Variable, zeros } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { checkGradients, gradients, stopGradient } from './index.ts'
import { float64 } from './test/scattered.ts'

function numbers(gradient: Tensor): number[] {
  return [...gradient.dataSync()]
}

describe('gradients', () => {
  const x = tensor([1, 2, 3])
  const weight = new Variable(tensor([4, 5, 6]))
  const loss = x.multiply(weight.value).sum()

  it('are taken by one tensor or variable', () => {
    expect(numbers(gradients(loss, x))).toEqual([4, 5, 6])
    expect(numbers(gradients(loss, weight))).toEqual([1, 2, 3])
  })

  it('of roots are 0 where the root is, as in PyTorch', () => {
    const equal = tensor([
      [2, 2],
      [0, 1],
    ])
    const spread = gradients(equal.standardDeviation(1).sum(), equal)
    expect(numbers(spread)).toEqual([0, 0, -Math.SQRT1_2, Math.SQRT1_2].map(Math.fround))
  })

  it('have the structure of the targets: a list', () => {
    const found = gradients(loss, [weight, x])
    expect(found.map(numbers)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(gradients(loss, [])).toEqual([])
  })

  it('have the structure of the targets: a record', () => {
    const found = gradients(loss, { x, weight })
    expect(Object.keys(found)).toEqual(['x', 'weight'])
    expect(numbers(found.x)).toEqual([4, 5, 6])
  })

  it('have the structure of the targets: a map', () => {
    const found = gradients(loss, new Map([['layer.weight', weight]]))
    expect(found).toBeInstanceOf(Map)
    expect([...found.keys()]).toEqual(['layer.weight'])
    expect(numbers(found.get('layer.weight')!)).toEqual([1, 2, 3])
  })

  it('are zero, of the right shape and dtype, for what the loss does not depend on', () => {
    const unused = zeros([2, 2], 'float64')
    const found = gradients(loss, { unused, other: new Variable(tensor([[1]])) })
    expect(found.unused.shape).toEqual([2, 2])
    expect(found.unused.dtype).toBe('float64')
    expect(numbers(found.unused)).toEqual([0, 0, 0, 0])
    expect(numbers(found.other)).toEqual([0])
  })

  it('are zero behind stopGradient, floor, comparisons and integers', () => {
    const y = float64([1.5, -2.5])
    expect(numbers(gradients(stopGradient(y).sum(), y))).toEqual([0, 0])
    expect(numbers(gradients(y.floor().sum(), y))).toEqual([0, 0])
    expect(numbers(gradients(y.less(0).cast('float64').sum(), y))).toEqual([0, 0])
    expect(numbers(gradients(y.cast('int32').cast('float64').sum(), y))).toEqual([0, 0])
    expect(numbers(gradients(stopGradient(y).multiply(y).sum(), y))).toEqual([1.5, -2.5])
  })

  it('of a loss by itself are one', () => {
    expect(numbers(gradients(loss, loss))).toEqual([1])
  })

  it('are taken by intermediate results, and by one target twice', () => {
    const y = x.square()
    const [byY, byX, again] = gradients(y.multiply(x).sum(), [y, x, x])
    expect(numbers(byY)).toEqual([1, 2, 3])
    expect(numbers(byX)).toEqual([3, 12, 27])
    expect(numbers(again)).toEqual([3, 12, 27])
  })

  it('add up where a tensor is used several times', () => {
    const y = x.square()
    const sum = y.add(y).add(y.multiply(x)).sum()
    expect(numbers(gradients(sum, x))).toEqual([1, 2, 3].map((v) => 4 * v + 3 * v * v))
  })

  it('visit shared subgraphs once', () => {
    let y: Tensor = tensor([1.001])
    const start = y
    // 2¹⁰⁰ paths lead through it.
    for (let i = 0; i < 100; i++) y = y.add(y).multiply(0.5)
    expect(numbers(gradients(y.sum(), start))).toEqual([1])
  })

  it('are taken by a variable whose assignment is computed after the loss was built', async () => {
    const parameter = new Variable(tensor([1, 2, 3]))
    parameter.assign(parameter.value.multiply(2))
    const before = parameter.value.square().sum()
    await before.item()
    expect(numbers(gradients(before, parameter))).toEqual([4, 8, 12])
    const both = before.add(parameter.value.sum())
    expect(numbers(gradients(both, parameter))).toEqual([5, 9, 13])
    await checkGradients(both, { parameter })
    parameter.assign(tensor([0, 0, 0]))
    expect(numbers(gradients(before, parameter))).toEqual([0, 0, 0])
  })

  it('flow through values that are known already', async () => {
    const y = x.square()
    await y.data()
    expect(numbers(gradients(y.sum(), x))).toEqual([2, 4, 6])
  })

  it('are taken of any order', () => {
    let derivative: Tensor = float64([0.5])
    const y = derivative
    derivative = y.power(5)
    for (let i = 0; i < 5; i++) derivative = gradients(derivative.sum(), y)
    expect(derivative.itemSync()).toBeCloseTo(120, 9)
    expect(gradients(derivative.sum(), y).itemSync()).toBe(0)
  })

  it('walk graphs of 100,000 operations', { timeout: 60_000 }, () => {
    let y: Tensor = tensor([1, 2])
    const start = y
    for (let i = 0; i < 100_000; i++) y = y.add(0.5)
    expect(numbers(gradients(y.sum(), start))).toEqual([1, 1])
    // The gradient's own graph is as deep here.
    let product: Tensor = tensor([1, 2])
    const scale = tensor([1])
    for (let i = 0; i < 100_000; i++) product = product.multiply(scale)
    expect(numbers(gradients(product.sum(), scale))).toEqual([300_000])
  })
})

describe('gradients refuse', () => {
  const x = tensor([1, 2, 3])

  it('a loss that is no scalar', () => {
    expect(() => gradients(x, x)).toThrow(
      new ShapeError('gradients: the loss must be a scalar, not [3]. Reduce it with .sum() or .mean(), or use vjp.'),
    )
  })

  it('a loss that is not floating', () => {
    expect(() => gradients(x.argMax(), x)).toThrow(
      new DTypeError('gradients: the loss must be floating, not int32, through which no gradient flows.'),
    )
  })

  it('a loss that is no tensor', () => {
    expect(() => gradients(1 as never, x)).toThrow(new TypeError('gradients: the loss must be a Tensor, not 1.'))
  })

  it('targets of integers', () => {
    const counts = tensor([1], { dtype: 'int32' })
    expect(() => gradients(x.sum(), { x, counts })).toThrow(
      new DTypeError(
        'gradients: the target "counts" is int32; only floats have gradients. Cast it to float32 and build the loss from that?',
      ),
    )
  })

  it('targets that are neither tensors nor variables', () => {
    expect(() => gradients(x.sum(), [x, 3] as never)).toThrow(
      new TypeError('gradients: the target "1" is neither a Tensor nor a Variable, but 3.'),
    )
    expect(() => gradients(x.sum(), { layer: { weight: x } } as never)).toThrow(
      new TypeError('gradients: the target "layer" is neither a Tensor nor a Variable, but an Object.'),
    )
    expect(() => gradients(x.sum(), undefined as never)).toThrow(
      new TypeError(
        'gradients: gradients are taken by a tensor or variable, or a list, record or map of them, not by undefined.',
      ),
    )
  })
})
