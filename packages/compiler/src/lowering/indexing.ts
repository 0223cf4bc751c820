import { type IndexingName, showShape } from '@neurite/tensor'
import type { Index, Scalar } from '../kernel/index.ts'
import type { LoweringContext, LoweringRules } from './rule.ts'

export const indexingLowering: LoweringRules<IndexingName> = {
  gather: {
    kind: 'pointwise',
    readsElsewhere: true,
    value: ({ inputs, attributes: { axis } }, index, context) => {
      const [source, indices] = inputs as [number, number]
      const shape = context.shapeOf(source)
      const rank = context.shapeOf(indices).length
      const position = checkedIndex(
        context.read(indices, index.slice(axis, axis + rank)),
        shape[axis]!,
        `gather: index {value} is out of range for axis ${axis} of size ${shape[axis]!} of a tensor of shape ${showShape(shape)}.`,
        context,
      )
      return context.read(source, [...index.slice(0, axis), position, ...index.slice(axis + rank)])
    },
  },
  scatterAdd: {
    kind: 'scatter',
    extents: (_, updatesShape) => updatesShape,
    point: ({ inputs, attributes: { axis, size }, shape }, axes, context) => {
      const [updates, indices] = inputs as [number, number]
      const rank = context.shapeOf(indices).length
      const position = checkedIndex(
        context.read(indices, axes.slice(axis, axis + rank)),
        size,
        `scatterAdd: index {value} is out of range for axis ${axis} of size ${size} of a tensor of shape ${showShape(shape)}.`,
        context,
      )
      return {
        index: [...axes.slice(0, axis), position, ...axes.slice(axis + rank)],
        value: context.read(updates, axes),
      }
    },
  },
}

function checkedIndex(value: Scalar, size: number, message: string, context: LoweringContext): Index {
  return {
    constant: 0,
    terms: [{ stride: 1, atom: { kind: 'value', value, size, fault: context.fault(message) } }],
  }
}
