import { DTypeError, type Tensor, tensor, Variable, zeros } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { gradients, hessian, hessianVectorProduct, jacobian } from './index.ts'
import { scattered } from './test/scattered.ts'

function expectEqual(found: Tensor, expected: Tensor): void {
  expect(found.shape).toEqual(expected.shape)
  expect(found.dtype).toBe(expected.dtype)
  const wanted = expected.dataSync()
  found.dataSync().forEach((value: number, i: number) => {
    expect(value).toBeCloseTo(wanted[i]!, 10)
  })
}

describe('jacobian', () => {
  it.each(['forward', 'reverse', undefined] as const)('of a linear map is its matrix (mode %s)', (mode) => {
    const matrix = scattered([4, 3])
    expectEqual(
      jacobian((x: Tensor) => matrix.matmul(x), scattered([3]), { mode } as object),
      matrix,
    )
  })

  it.each(['forward', 'reverse'] as const)('has the axes of the output, then those of each target (%s)', (mode) => {
    const of = { x: scattered([2, 3]), w: new Variable(scattered([3, 2], { seed: 2 })) }
    const found = jacobian(({ x, w }) => x.matmul(w.value), of, { mode })
    expect(found.x.shape).toEqual([2, 2, 2, 3])
    expect(found.w.shape).toEqual([2, 2, 3, 2])
    // ∂y[i, k] / ∂x[i, j] = w[j, k]
    const [ofX, w] = [found.x.toArraySync(), of.w.value.toArraySync()] as [number[][][][], number[][]]
    for (const [i, k, j] of [
      [0, 1, 2],
      [1, 0, 0],
    ] as const) {
      expect(ofX[i]![k]![i]![j]).toBeCloseTo(w[j]![k]!, 12)
      expect(ofX[i]![k]![1 - i]![j]).toBe(0)
    }
  })

  it('is zero for what the output does not depend on, in both modes', () => {
    const of = { x: tensor([1, 2]), y: tensor([3]) }
    for (const mode of ['forward', 'reverse'] as const) {
      const { x, y } = jacobian(({ x }) => x.square(), of, { mode })
      expect(x.toArraySync()).toEqual([
        [2, 0],
        [0, 4],
      ])
      expect(y.toArraySync()).toEqual([[0], [0]])
    }
  })

  it('of nothing is nothing', () => {
    expect(jacobian((x) => x.multiply(2), zeros([0])).shape).toEqual([0, 0])
  })

  it('can be differentiated', () => {
    const x = scattered([3])
    const trace = jacobian((x: Tensor) => x.sin().multiply(x.sum()), x)
      .square()
      .sum()
    const first = gradients(trace, x)
    const step = 1e-5
    const f = (x: Tensor): number =>
      jacobian((x: Tensor) => x.sin().multiply(x.sum()), x)
        .square()
        .sum()
        .itemSync()
    for (let i = 0; i < 3; i++) {
      const nudge = (by: number): Tensor => tensor(x.dataSync().with(i, x.dataSync()[i]! + by), { dtype: 'float64' })
      expect(first.dataSync()[i]).toBeCloseTo((f(nudge(step)) - f(nudge(-step))) / (2 * step), 5)
    }
  })

  it('of integers is an error', () => {
    expect(() => jacobian((x: Tensor) => x.argMax(0), tensor([1, 2]))).toThrow(DTypeError)
    expect(() => jacobian(((x: Tensor) => [x]) as never, tensor([1, 2]))).toThrow('must give one tensor')
  })
})

describe('hessian', () => {
  it('of Rosenbrock’s valley is as in the books', () => {
    const valley = (x: Tensor<[2], 'float64'>): Tensor => {
      const [a, b] = [x.select(0, 0), x.select(0, 1)] as Tensor[]
      return a!.negate().add(1).square().add(b!.subtract(a!.square()).square().multiply(100))
    }
    const [x, y] = [0.5, -1.5]
    const found = hessian(valley, tensor([x, y], { dtype: 'float64' }))
    expectEqual(
      found,
      tensor(
        [
          [1200 * x ** 2 - 400 * y + 2, -400 * x],
          [-400 * x, 200],
        ],
        { dtype: 'float64' },
      ),
    )
  })

  it('of several targets has a block for each pair, and times a vector is the product', () => {
    const of = { w: scattered([2, 2]), b: scattered([2], { seed: 2 }) }
    const f = ({ w, b }: { w: Tensor; b: Tensor }): Tensor => w.matmul(b).tanh().square().sum().multiply(b.exp().sum())
    const found = hessian(f, of) as { w: { w: Tensor; b: Tensor }; b: { w: Tensor; b: Tensor } }
    expect(found.w.b.shape).toEqual([2, 2, 2])
    expectEqual(found.w.b, found.b.w.permute([1, 2, 0]))
    const along = { w: scattered([2, 2], { seed: 3 }), b: scattered([2], { seed: 4 }) }
    const product = hessianVectorProduct(f, of, along)
    const times = (block: Tensor, v: Tensor, axes: number): Tensor =>
      block.contract(v, { over: Array.from({ length: v.rank }, (_, i) => [axes + i, i] as const) })
    expectEqual(times(found.w.w, along.w, 2).add(times(found.w.b, along.b, 2)), product.w)
    expectEqual(times(found.b.w, along.w, 1).add(times(found.b.b, along.b, 1)), product.b)
  })

  it('of a map of targets is a map of maps', () => {
    const found = hessian((m) => m.get('x')!.power(3).sum(), new Map([['x', tensor([2]) as Tensor]]))
    expect(found.get('x')!.get('x')!.toArraySync()).toEqual([[12]])
  })
})
