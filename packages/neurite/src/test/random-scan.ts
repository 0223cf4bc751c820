import { scan, type Tensor } from '@neurite/tensor'
import { type BoundedValue, scaled, settled } from './bounded-value.ts'
import type { GraphDraw } from './random-graph.ts'

/** A loop of one of several kinds, forwards or backwards; its last carry, its outputs or what its steps started from. */
export function randomScan(draw: GraphDraw): BoundedValue {
  const length = draw.random.below(5)
  const shape = Array.from({ length: 1 + draw.random.below(2) }, () => 1 + draw.random.below(6))
  const dtype = draw.pick(['float32', 'float32', 'float64'] as const)
  const [initial, other] = [draw.like(shape, dtype), draw.like(shape, dtype)]
  const elements = draw.like([length, ...shape], dtype)
  const options = { reverse: draw.random.below(2) === 0 }
  const kind = draw.pick(['recurrent', 'exchange', 'contraction'] as const)
  const [carries, outputs] = scan(
    (
      carry: readonly [Tensor, Tensor],
      element: Tensor,
    ): readonly [readonly [Tensor, Tensor], readonly [Tensor, Tensor]] => {
      const [a, b] = carry
      if (kind === 'exchange')
        return [
          [b, element],
          [a, b.multiply(0.5)],
        ]
      const inner: Tensor = kind === 'recurrent' ? a : mixed(a)
      const next = scaled(inner.add(element).tanh(), 2)
      return [
        [next, b.multiply(0.5).add(other.tensor)],
        [next.subtract(b), element],
      ]
    },
    [initial.tensor, initial.tensor] as readonly [Tensor, Tensor],
    elements.tensor as Tensor,
    options,
  )
  const bound = 4 * Math.max(initial.bound, other.bound, elements.bound) + 4
  return settled(draw.pick([...carries, ...outputs]), bound, 0)
}

/** Every element from all of its row. */
function mixed(x: Tensor): Tensor {
  const [rows, columns] = [x.shape[0]!, x.size / x.shape[0]!]
  const matrix: Tensor = x.reshape([rows, columns])
  const product: Tensor = matrix.contract(matrix, { over: [[1, 1]] }).contract(matrix, { over: [[1, 0]] })
  return product.multiply(0.001).tanh().reshape(x.shape)
}
