import type { MovementName } from '@neurite/tensor'
import {
  addIndex,
  applyScalar,
  type Condition,
  constantIndex,
  constantScalar,
  divideIndex,
  guarded,
  type Index,
  scaleIndex,
  zeroIndex,
} from '../kernel/index.ts'
import { reshapeIndex } from './index-arithmetic.ts'
import type { LoweringRules } from './rule.ts'

export const movementLowering: LoweringRules<MovementName> = {
  reshape: {
    kind: 'pointwise',
    isView: true,
    value: ({ inputs, shape }, index, context) =>
      context.read(inputs[0]!, reshapeIndex(shape, context.shapeOf(inputs[0]!), index, context.extents)),
  },
  permute: {
    kind: 'pointwise',
    isView: true,
    value: ({ inputs, attributes: { order } }, index, context) => {
      const moved = new Array<Index>(order.length)
      order.forEach((axis, i) => {
        moved[axis] = index[i]!
      })
      return context.read(inputs[0]!, moved)
    },
  },
  broadcast: {
    kind: 'pointwise',
    isView: true,
    value: ({ inputs }, index, context) => {
      const shape = context.shapeOf(inputs[0]!)
      const added = index.length - shape.length
      return context.read(
        inputs[0]!,
        shape.map((length, axis) => (length === 1 ? zeroIndex : index[added + axis]!)),
      )
    },
  },
  slice: {
    kind: 'pointwise',
    isView: true,
    value: ({ inputs, attributes: { starts, steps } }, index, context) =>
      context.read(
        inputs[0]!,
        index.map((at, axis) => addIndex(scaleIndex(at, steps[axis]!), constantIndex(starts[axis]!))),
      ),
  },
  pad: {
    kind: 'pointwise',
    isView: true,
    value: ({ inputs, attributes: { low, interior, value }, dtype }, index, context) => {
      const shape = context.shapeOf(inputs[0]!)
      const conditions: Condition[] = []
      const inside = index.map((at, axis) => {
        const step = interior[axis]! + 1
        const shifted = addIndex(at, constantIndex(-low[axis]!))
        conditions.push({
          index: shifted,
          low: 0,
          high: Math.max(0, (shape[axis]! - 1) * step + 1),
          ...(step > 1 ? { divisor: step } : {}),
        })
        return divideIndex(shifted, step, context.extents).quotient
      })
      return guarded(conditions, context.read(inputs[0]!, inside), value, dtype, context.extents)
    },
  },
  flip: {
    kind: 'pointwise',
    isView: true,
    value: ({ inputs, attributes: { axes }, shape }, index, context) =>
      context.read(
        inputs[0]!,
        index.map((at, axis) =>
          axes.includes(axis) ? addIndex(constantIndex(shape[axis]! - 1), scaleIndex(at, -1)) : at,
        ),
      ),
  },
  concatenate: {
    kind: 'pointwise',
    readsElsewhere: true,
    value: ({ inputs, attributes: { axis }, dtype }, index, context) => {
      let start = 0
      const parts = inputs.map((input) => {
        const length = context.shapeOf(input)[axis]!
        const at = addIndex(index[axis]!, constantIndex(-start))
        start += length
        const conditions = [{ index: at, low: 0, high: length }]
        const value = context.read(
          input,
          index.map((other, i) => (i === axis ? at : other)),
        )
        return { conditions, value }
      })
      return parts
        .map(({ conditions, value }) => ({
          isHere: guarded(conditions, constantScalar(1, 'bool'), 0, 'bool', context.extents),
          value: guarded(conditions, value, 0, dtype, context.extents),
        }))
        .reduceRight((otherwise, part) => ({
          isHere: part.isHere,
          value: applyScalar('select', [part.isHere, part.value, otherwise.value]),
        })).value
    },
  },
  window: {
    kind: 'pointwise',
    isView: true,
    value: ({ inputs, attributes: { axes, strides, dilations } }, index, context) => {
      const rank = context.shapeOf(inputs[0]!).length
      const moved = index.slice(0, rank)
      axes.forEach((axis, i) => {
        moved[axis] = addIndex(scaleIndex(index[axis]!, strides[i]!), scaleIndex(index[rank + i]!, dilations[i]!))
      })
      return context.read(inputs[0]!, moved)
    },
  },
  overlapAdd: {
    kind: 'reduction',
    combine: 'add',
    extents: ({ attributes: { axes } }, inputShape) => inputShape.slice(inputShape.length - axes.length),
    value: ({ inputs, attributes: { axes, strides, dilations }, dtype }, outer, inner, context) => {
      const shape = context.shapeOf(inputs[0]!)
      const conditions: Condition[] = []
      const index = [...outer, ...inner]
      axes.forEach((axis, i) => {
        // Position p lies at offset k of window o when p = o · stride + k · dilation.
        const start = addIndex(outer[axis]!, scaleIndex(inner[i]!, -dilations[i]!))
        conditions.push({
          index: start,
          low: 0,
          high: Math.max(0, (shape[axis]! - 1) * strides[i]! + 1),
          ...(strides[i]! > 1 ? { divisor: strides[i]! } : {}),
        })
        index[axis] = divideIndex(start, strides[i]!, context.extents).quotient
      })
      return guarded(conditions, context.read(inputs[0]!, index), 0, dtype, context.extents)
    },
  },
}
