import type { MovementName, Shape, Tensor } from '@neurite/tensor'
import type { VjpRules } from '../rule.ts'

// Movement is linear: each rule is the adjoint of its primitive.
export const movementRules: VjpRules<MovementName> = {
  reshape: (c, { inputs: [x] }) => [c.reshape(x!.shape)],

  permute: (c, { attributes: { order } }) => [c.permute(inverseOrder(order))],

  broadcast: (c, { inputs: [x] }) => {
    const shape: Shape = x!.shape
    const added = c.rank - shape.length
    const repeated = axesWhere(c.shape, (axis) => axis < added || shape[axis - added] !== c.shape[axis])
    return [c.sum(repeated).reshape(shape)]
  },

  slice: (c, { inputs: [x], attributes: { starts, steps } }) => {
    const interior = steps.map((step) => step - 1)
    const high = starts.map((start, axis) => x!.shape[axis] - start - spread(c.shape[axis], steps[axis]!))
    return [c.pad({ low: starts, high, interior })]
  },

  pad: (c, { inputs: [x], attributes: { low, high, interior } }) => {
    const cropped: Tensor = c.pad({ low: low.map(opposite), high: high.map(opposite) })
    return [cropped.slice({ starts: x!.shape.map(() => 0), steps: interior.map((gap) => gap + 1) })]
  },

  flip: (c, { attributes: { axes } }) => [c.flip(axes)],

  concatenate: (c, { inputs, attributes: { axis } }) => {
    let start = 0
    return inputs.map((input) => {
      const length: number = input.shape[axis]
      start += length
      return c.narrow(axis, start - length, length)
    })
  },

  window: (c, { inputs: [x], attributes: { axes, strides, dilations } }) => [
    c.overlapAdd({ axes, lengths: axes.map((axis) => x!.shape[axis]), strides, dilations }),
  ],

  overlapAdd: (c, { inputs: [x], attributes: { axes, strides, dilations } }) => [
    c.window({ axes, sizes: x!.shape.slice(c.rank), strides, dilations }),
  ],
}

/** The order that undoes `order`. */
export function inverseOrder(order: readonly number[]): number[] {
  return order.map((_, axis) => order.indexOf(axis))
}

/** Length of an axis whose elements have been moved `distance` apart. */
export function spread(length: number, distance: number): number {
  return length === 0 ? 0 : (length - 1) * distance + 1
}

function axesWhere(shape: Shape, holds: (axis: number) => boolean): number[] {
  return Array.from(shape, (_, axis) => axis).filter(holds)
}

// Not −x, which makes −0 of 0.
function opposite(amount: number): number {
  return 0 - amount
}
