// Softmax-like compositions, which a fusing compiler turns into programs over rows: drawn at random they would hardly come about.

import { bind, type Shape, type Tensor } from '@neurite/tensor'
import { awayFromZero, type BoundedValue, scaled, settled } from './bounded-value.ts'
import type { GraphDraw } from './random-graph.ts'

/** Rows of a value after subtraction of one statistic, an elementary function, and division by another. */
export function randomRows(draw: GraphDraw): BoundedValue {
  const x = draw.value(['float32', 'float32', 'float64'], ({ tensor }) => tensor.rank > 0 && tensor.size > 0)
  if (x.tensor.rank === 0 || x.tensor.size === 0) return x
  const kept = draw.random.below(x.tensor.rank)
  const axes = x.tensor.shape.flatMap((_, axis) => (axis >= kept ? [axis] : []))
  const length = axes.reduce((product, axis) => product * x.tensor.shape[axis]!, 1)
  const center =
    draw.random.below(2) === 0
      ? bind('max', [x.tensor], { axes, ties: 'share' })
      : scaled(bind('sum', [x.tensor], { axes }), 1 / length)
  const centred = bind('subtract', [x.tensor, alongRows(center, axes, x.tensor.shape)], {})
  const shaped = bind(draw.pick(['tanh', 'sigmoid', 'sin', 'absolute'] as const), [centred], {})
  const spread = awayFromZero(scaled(bind('sum', [shaped], { axes }), 1 / length), 0.5)
  const result = bind('divide', [shaped, alongRows(spread, axes, x.tensor.shape)], {})
  return settled(result, 4 * Math.max(1, x.bound), 0)
}

function alongRows(statistic: Tensor, axes: readonly number[], shape: Shape): Tensor {
  const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  return bind('broadcast', [bind('reshape', [statistic], { shape: kept })], { shape })
}
