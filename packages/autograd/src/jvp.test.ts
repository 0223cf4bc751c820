import { DTypeError, iota, ShapeError, scan, type Tensor, tensor, Variable } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { gradients, hessianVectorProduct, jvp, stopGradient } from './index.ts'
import { scattered } from './test/scattered.ts'

describe('jvp', () => {
  it('is the derivative along the tangents, all of which move at once', () => {
    const { value, tangent } = jvp(
      ({ a, b }) => a.multiply(b),
      { a: tensor([2, 3]), b: tensor([5, 7]) },
      { a: tensor([1, 0]), b: tensor([1, 2]) },
    )
    expect(value.toArraySync()).toEqual([10, 21])
    expect(tangent.toArraySync()).toEqual([5 + 2, 3 * 2])
  })

  it('takes variables, and gives the structure that the function returns', () => {
    const weight = new Variable(tensor([2, 3]))
    const { tangent } = jvp(
      () => ({ square: weight.value.square(), list: [weight.value.sum()] }),
      weight,
      tensor([1, 10]),
    )
    expect(tangent.square.toArraySync()).toEqual([4, 60])
    expect(tangent.list[0]!.itemSync()).toBe(11)
  })

  it('is zero where nothing moves: constants, integers, what is stopped', () => {
    const x = tensor([1, 2])
    const { tangent } = jvp(
      (x) => [tensor([4]), x.argMax(0), stopGradient(x), iota([2], 0)] as readonly Tensor[],
      x,
      tensor([1, 1]),
    )
    expect(tangent.map((each) => each.toArraySync())).toEqual([[0], 0, [0, 0], [0, 0]])
    expect(tangent[1]!.dtype).toBe('int32')
  })

  it('refuses directions that do not fit', () => {
    const x = tensor([1, 2])
    const square = (x: Tensor): Tensor => x.square()
    expect(() => jvp(square, x as Tensor, tensor([1, 2, 3]))).toThrow(ShapeError)
    expect(() => jvp(square, x as Tensor, tensor([1, 2, 3]))).toThrow(
      'jvp: the direction of "of" has shape [3], but "of" has [2].',
    )
    expect(() => jvp(square, x as Tensor, tensor([1, 2], { dtype: 'float64' }))).toThrow(DTypeError)
    expect(() => jvp(({ x }) => x.sum(), { x } as { x: Tensor }, { y: x } as never)).toThrow('[x], not [y]')
  })

  it('of a gradient is the gradient of the derivative along the tangent', () => {
    const x = scattered([3])
    const v = scattered([3], { seed: 2 })
    const f = (x: Tensor): Tensor => x.sin().multiply(x.exp()).sum()
    const forwardOverReverse = jvp((x: Tensor) => gradients(f(x), x), x, v).tangent
    const reverseOverForward = gradients(jvp(f, x, v).tangent, x)
    forwardOverReverse.dataSync().forEach((value, i) => {
      expect(value).toBeCloseTo(reverseOverForward.dataSync()[i]!, 10)
    })
  })

  it('goes through a loop whose results are all used, and through its gradient', () => {
    const initial = scattered([2])
    const sequence = scattered([4, 2], { seed: 2 })
    const run = ({ initial, sequence }: { initial: Tensor; sequence: Tensor }): Tensor => {
      const [last, all] = scan(
        (h: Tensor, x: Tensor) => {
          const next = h.multiply(x).tanh()
          return [next, next.sin()] as const
        },
        initial,
        sequence,
      )
      return last.sum().add(all.square().sum())
    }
    const of = { initial, sequence }
    const along = { initial: scattered([2], { seed: 3 }), sequence: scattered([4, 2], { seed: 4 }) }
    const slope = gradients(run(of), of)
    const expected = slope.initial.multiply(along.initial).sum().add(slope.sequence.multiply(along.sequence).sum())
    expect(jvp(run, of, along).tangent.itemSync()).toBeCloseTo(expected.itemSync(), 10)

    const product = hessianVectorProduct(run, of, along)
    const byReverse = gradients(expected, of)
    for (const name of ['initial', 'sequence'] as const)
      product[name].dataSync().forEach((value, i) => {
        expect(value).toBeCloseTo(byReverse[name].dataSync()[i]!, 10)
      })
  })
})

describe('hessianVectorProduct', () => {
  it('of a quadratic form is its matrix times the vector, whatever the point', () => {
    const matrix = tensor([
      [2, 1],
      [1, 4],
    ])
    const form = (x: Tensor<[2]>): Tensor => x.multiply(matrix.matmul(x)).sum().multiply(0.5)
    expect(hessianVectorProduct(form, tensor([7, -3]), tensor([1, 10])).toArraySync()).toEqual([12, 41])
  })

  it('is zero for what the gradient does not depend on', () => {
    const of = { x: tensor([1, 2]), y: tensor([3]) }
    const product = hessianVectorProduct(({ x, y }) => x.square().sum().add(y.sum()), of, of)
    expect(product.x.toArraySync()).toEqual([2, 4])
    expect(product.y.toArraySync()).toEqual([0])
  })

  it('needs a scalar', () => {
    const x = tensor([1, 2])
    expect(() => hessianVectorProduct((x) => x, x, x)).toThrow('hessianVectorProduct: the loss must be a scalar')
  })
})
