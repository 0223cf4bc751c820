import { ShapeError, tensor, Variable } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { valueAndGradients } from './index.ts'

describe('valueAndGradients', () => {
  it('gives the loss with its gradients, in the structure of the targets', () => {
    const [x, y] = [tensor([1, 2]), tensor([3, 4])]
    const list = valueAndGradients(([a, b]) => a.multiply(b).sum(), [x, y])
    expect(list.value.itemSync()).toBe(11)
    expect(list.gradients.map((gradient) => gradient.toArraySync())).toEqual([
      [3, 4],
      [1, 2],
    ])
    const record = valueAndGradients(({ a }) => a.square().sum(), { a: x })
    expect(record.gradients.a.toArraySync()).toEqual([2, 4])
    expect(valueAndGradients((a) => a.square().sum(), x).gradients.toArraySync()).toEqual([2, 4])
  })

  it('takes gradients by the values that variables had before the loss assigned them', () => {
    const weight = new Variable(tensor([1, 2]))
    const { value, gradients } = valueAndGradients(() => {
      const loss = weight.value.square().sum()
      weight.assign(tensor([0, 0]))
      return loss
    }, [weight])
    expect(value.itemSync()).toBe(5)
    expect(gradients[0].toArraySync()).toEqual([2, 4])
  })

  it('refuses a loss that is no scalar under its own name', () => {
    const x = tensor([1, 2])
    expect(() => valueAndGradients((a) => a.square(), x)).toThrow(
      new ShapeError(
        'valueAndGradients: the loss must be a scalar, not [2]. Reduce it with .sum() or .mean(), or use vjp.',
      ),
    )
  })
})
