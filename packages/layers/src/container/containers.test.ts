import { relu, type Tensor, tensor, zeros } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { Linear, Parallel, parameters, Residual, Sequential } from '../index.ts'

const double = (x: Tensor): Tensor => x.multiply(2)
const x: Tensor = tensor([[1, -2]])

describe('Residual', () => {
  test('adds what goes past', () => {
    expect(new Residual(double).forward(x).toArraySync()).toEqual([[3, -6]])
    expect(new Residual(double, relu).forward(x).toArraySync()).toEqual([[3, -4]])
  })

  test('names its parameters after body and shortcut', () => {
    const block = new Residual(new Sequential(new Linear(2, 3)), new Linear(2, 3, { bias: false }))
    expect([...parameters(block).keys()]).toEqual(['body.0.weight', 'body.0.bias', 'shortcut.weight'])
    expect(block.forward(zeros([4, 2])).shape).toEqual([4, 3])
  })

  test('shapes that differ, and what is no module, are errors', () => {
    expect(() => new Residual(new Linear(2, 3)).forward(zeros([4, 2]))).toThrow(
      'Residual: the body gives [4, 3], the shortcut [4, 2].',
    )
    expect(() => new Residual(3 as never)).toThrow('Residual: body is neither a module')
  })
})

describe('Parallel', () => {
  test('joins the results of its branches', () => {
    const branches = [double, relu]
    const join = (options: object): unknown => new Parallel(branches, options).forward(x).toArraySync()
    expect(join({})).toEqual([[2, -4, 1, 0]])
    expect(join({ axis: 0 })).toEqual([
      [2, -4],
      [1, 0],
    ])
    expect(join({ join: 'sum' })).toEqual([[3, -4]])
    expect(join({ join: 'mean' })).toEqual([[1.5, -2]])
    expect(join({ join: 'max' })).toEqual([[2, 0]])
  })

  test('names its parameters after the places of the branches', () => {
    const block = new Parallel([new Linear(2, 3), relu, new Linear(2, 3, { bias: false })])
    expect([...parameters(block).keys()]).toEqual(['0.weight', '0.bias', '2.weight'])
    expect(block.length).toBe(3)
  })

  test('arguments that make no sense are errors', () => {
    expect(() => new Parallel([])).toThrow('Parallel: there are no branches.')
    expect(() => new Parallel([relu, 1 as never])).toThrow('Parallel: branch 1 is neither a module')
    expect(() => new Parallel([relu], { join: 'product' as 'sum' })).toThrow("Parallel: join is 'product'")
  })
})
