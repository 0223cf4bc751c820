import { bind, type DType, type MovementName, type Shape, type Tensor } from '@neurite/tensor'
import { type BoundedValue, settled } from './bounded-value.ts'
import type { GraphDraw } from './random-graph.ts'

const all = ['float32', 'float64', 'int32', 'uint8', 'bool'] as const

type Mover = (draw: GraphDraw) => BoundedValue

/** Moves a random value; the value itself where the movement needs axes that it has not. */
function moving(move: (x: Tensor<Shape, DType>, draw: GraphDraw) => Tensor | undefined): Mover {
  return (draw) => {
    const x = draw.value(all)
    const moved = move(x.tensor, draw)
    return moved === undefined ? x : settled(moved, x.bound, x.grain)
  }
}

/** One maker per movement but broadcasting. */
export const randomMovements: { readonly [P in Exclude<MovementName, 'broadcast'>]: Mover } = {
  reshape: moving((x, draw) => bind('reshape', [x], { shape: refactored(x, draw) })),
  permute: moving((x, draw) => {
    const order = Array.from(x.shape, (_, axis) => ({ axis, place: draw.random.bits() }))
    order.sort((a, b) => a.place - b.place)
    return bind('permute', [x], { order: order.map(({ axis }) => axis) })
  }),
  slice: moving((x, draw) => {
    const starts = x.shape.map((length) => draw.random.below(length + 1))
    const stops = x.shape.map((length, axis) => starts[axis]! + draw.random.below(length - starts[axis]! + 1))
    return bind('slice', [x], { starts, stops, steps: x.shape.map(() => 1 + draw.random.below(3)) })
  }),
  pad: (draw) => {
    const x = draw.value(all, ({ tensor }) => tensor.rank <= 3)
    const each = (count: number): number[] => x.tensor.shape.map(() => draw.random.below(count))
    const attributes = { low: each(3), high: each(3), interior: each(2), value: draw.random.below(2) }
    return settled(bind('pad', [x.tensor], attributes), Math.max(1, x.bound), Math.min(1, x.grain))
  },
  flip: moving((x, draw) =>
    bind('flip', [x], { axes: x.shape.flatMap((_, axis) => (draw.random.below(2) === 0 ? [axis] : [])) }),
  ),
  concatenate: (draw) => {
    const a = draw.value(all, ({ tensor }) => tensor.rank > 0)
    if (a.tensor.rank === 0) return a
    const axis = draw.random.below(a.tensor.rank)
    const b = draw.like(
      a.tensor.shape.map((length, other) => (other === axis ? 1 + draw.random.below(4) : length)),
      a.tensor.dtype,
    )
    const parts = draw.random.below(2) === 0 ? [a, b] : [b, a, b]
    return settled(
      bind(
        'concatenate',
        parts.map(({ tensor }) => tensor),
        { axis },
      ),
      Math.max(a.bound, b.bound),
      Math.min(a.grain, b.grain),
    )
  },
  window: moving((x, draw) => {
    const windows = windowsOn(x, draw)
    return windows.axes.length === 0 ? undefined : bind('window', [x], windows)
  }),
  overlapAdd: (draw) => {
    const x = draw.value(['float32', 'float64', 'int32', 'uint8'])
    const windows = windowsOn(x.tensor, draw)
    if (windows.axes.length === 0) return x
    const { axes, strides, dilations, sizes } = windows
    const lengths = axes.map((axis) => x.tensor.shape[axis]!)
    const summed = bind('overlapAdd', [bind('window', [x.tensor], windows)], { axes, lengths, strides, dilations })
    return settled(summed, x.bound * sizes.reduce((product, size) => product * size, 1), x.grain)
  },
}

interface Windows {
  readonly axes: readonly number[]
  readonly sizes: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
}

/** Windows that fit the tensor, on none to two of its axes. */
function windowsOn(x: Tensor<Shape>, draw: GraphDraw): Windows {
  const axes = x.shape.flatMap((length, axis) => (length > 1 && draw.random.below(2) === 0 ? [axis] : [])).slice(0, 2)
  const dilations = axes.map(() => 1 + draw.random.below(2))
  const sizes = axes.map((axis, i) => 1 + draw.random.below(Math.min(3, Math.ceil(x.shape[axis]! / dilations[i]!))))
  return { axes, sizes, strides: axes.map(() => 1 + draw.random.below(2)), dilations }
}

/** Another shape of the same size: factors moved between neighbours. */
function refactored(x: Tensor<Shape>, draw: GraphDraw): number[] {
  if (x.size === 0) return [...x.shape, 1]
  const shape: number[] = []
  let rest = x.size
  while (rest > 1 && shape.length < 4) {
    const divisors = Array.from({ length: rest }, (_, i) => i + 1).filter((divisor) => rest % divisor === 0)
    const factor = draw.pick(divisors)
    shape.push(factor)
    rest /= factor
  }
  return rest > 1 ? [...shape, rest] : shape
}
