import { bind, type MovementName, type Shape } from '@neurite/tensor'
import type { BatchRules } from '../rule.ts'
import { behindExamples } from './axes.ts'

export const movementBatching: BatchRules<MovementName> = {
  reshape: ([x], { attributes: { shape } }, { size }) => bind('reshape', [x!.tensor], { shape: [size, ...shape] }),

  permute: ([x], { attributes: { order } }) => bind('permute', [x!.tensor], { order: [0, ...behindExamples(order)] }),

  broadcast: ([x], { inputs, attributes: { shape } }, { size }) => {
    // Axes are aligned at the end, so the missing ones come between the examples and the others.
    const own: Shape = inputs[0]!.shape
    const added = new Array<number>(shape.length - own.length).fill(1)
    return bind('broadcast', [x!.tensor.reshape([size, ...added, ...own])], { shape: [size, ...shape] })
  },

  slice: ([x], { attributes: { starts, stops, steps } }, { size }) =>
    bind('slice', [x!.tensor], { starts: [0, ...starts], stops: [size, ...stops], steps: [1, ...steps] }),

  pad: ([x], { attributes: { low, high, interior, value } }) =>
    bind('pad', [x!.tensor], { low: [0, ...low], high: [0, ...high], interior: [0, ...interior], value }),

  flip: ([x], { attributes: { axes } }) => bind('flip', [x!.tensor], { axes: behindExamples(axes) }),

  concatenate: (operands, { attributes: { axis } }, batch) =>
    bind('concatenate', operands.map(batch.withAxis), { axis: axis + 1 }),

  window: ([x], { attributes }) =>
    bind('window', [x!.tensor], { ...attributes, axes: behindExamples(attributes.axes) }),

  overlapAdd: ([x], { attributes }) =>
    bind('overlapAdd', [x!.tensor], { ...attributes, axes: behindExamples(attributes.axes) }),
}
