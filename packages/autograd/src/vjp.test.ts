import { DTypeError, ShapeError, type Tensor, tensor } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { vjp } from './index.ts'

function numbers(gradient: Tensor): number[] {
  return [...gradient.dataSync()]
}

describe('vjp', () => {
  const x = tensor([1, 2, 3])

  it('is the product of a cotangent with the Jacobian', () => {
    expect(numbers(vjp(x.square(), x)(tensor([1, 10, 100])))).toEqual([2, 40, 600])
  })

  it('sums over several outputs', () => {
    const pullback = vjp([x.square(), x.sum()], { x })
    expect(numbers(pullback([tensor([1, 10, 100]), tensor(5)]).x)).toEqual([7, 45, 605])
    expect(numbers(pullback([tensor([0, 0, 0]), tensor(1)]).x)).toEqual([1, 1, 1])
  })

  it('adds up for an output that is given twice, or is a target', () => {
    const y = x.multiply(2)
    const [byX, byY] = vjp([y, y], [x, y])([tensor([1, 2, 3]), tensor([1, 1, 1])])
    expect(numbers(byX)).toEqual([4, 6, 8])
    expect(numbers(byY)).toEqual([2, 3, 4])
  })

  it('is zero for what no output depends on', () => {
    expect(numbers(vjp([], [x])([])[0])).toEqual([0, 0, 0])
  })

  it('refuses cotangents that do not fit', () => {
    const y = x.square()
    expect(() => vjp([y, y], x)([y])).toThrow(new ShapeError('vjp: 2 outputs need as many cotangents, not 1.'))
    expect(() => vjp(y, x)(tensor([1, 2]))).toThrow(
      new ShapeError('vjp: output 0 has shape [3], its cotangent [2]. They must be equal.'),
    )
    expect(() => vjp(y, x)(y.cast('float64'))).toThrow(
      new DTypeError('vjp: output 0 is float32, its cotangent float64. Cast the cotangent.'),
    )
    expect(() => vjp(x.argMax(), x)(tensor(1))).toThrow(
      new DTypeError('vjp: output 0 is int32, through which no gradient flows.'),
    )
  })
})
