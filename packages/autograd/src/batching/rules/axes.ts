import type { Shape, Tensor } from '@neurite/tensor'

/** Axes counted without that of the examples, counted with it. */
export function behindExamples(axes: readonly number[]): number[] {
  return axes.map((axis) => axis + 1)
}

/** One axis in another place, the others in their order. */
export function moved(x: Tensor, from: number, to: number): Tensor {
  if (from === to) return x
  const order = Array.from({ length: x.rank }, (_, axis) => axis).filter((axis) => axis !== from)
  order.splice(to, 0, from)
  return x.permute(order)
}

/** Two neighbouring axes as one. */
export function joined(x: Tensor, axis: number): Tensor {
  const shape: Shape = x.shape
  return x.reshape([...shape.slice(0, axis), shape[axis]! * shape[axis + 1]!, ...shape.slice(axis + 2)])
}

/** An axis as two, the first of `outer` elements. */
export function parted(x: Tensor, axis: number, outer: number, inner: number): Tensor {
  const shape: Shape = x.shape
  return x.reshape([...shape.slice(0, axis), outer, inner, ...shape.slice(axis + 1)])
}
