import { type ContractionName, type Shape, sizeOf } from '@neurite/tensor'
import {
  addIndex,
  type Condition,
  constantIndex,
  divideIndex,
  guarded,
  type Index,
  scaleIndex,
} from '../kernel/index.ts'
import type { LoweringRules } from './rule.ts'

export const contractionLowering: LoweringRules<ContractionName> = {
  contract: {
    kind: 'contraction',
    loops: ({ attributes: { batch, over } }, left, right) => {
      const rows = freeAxes(
        left,
        [...batch, ...over].map(([axis]) => axis),
      ).map((axis) => left[axis]!)
      const columns = freeAxes(
        right,
        [...batch, ...over].map(([, axis]) => axis),
      ).map((axis) => right[axis]!)
      return {
        batch: batch.map(([axis]) => left[axis]!),
        rows,
        columns,
        depth: over.map(([axis]) => left[axis]!),
        resultAxes: ascending(batch.length + rows.length + columns.length),
      }
    },
    operands: ({ inputs, attributes: { batch, over }, shape }, axes, context) => {
      const place = (input: number, side: 0 | 1, firstFree: number): Index[] => {
        const index = new Array<Index>(context.shapeOf(input).length)
        const paired = [...batch, ...over].map((pair) => pair[side])
        batch.forEach((pair, i) => {
          index[pair[side]] = axes[i]!
        })
        over.forEach((pair, i) => {
          index[pair[side]] = axes[shape.length + i]!
        })
        freeAxes(context.shapeOf(input), paired).forEach((axis, i) => {
          index[axis] = axes[firstFree + i]!
        })
        return index
      }
      const rowCount = context.shapeOf(inputs[0]!).length - batch.length - over.length
      return {
        left: context.read(inputs[0]!, place(inputs[0]!, 0, batch.length)),
        right: context.read(inputs[1]!, place(inputs[1]!, 1, batch.length + rowCount)),
      }
    },
  },

  // The kernel is the left operand: its output channels are the rows. The columns are output positions, so that a
  // row of an image is contiguous in both the windows and the result.
  convolution: {
    kind: 'contraction',
    loops: ({ shape }, input, kernel) => {
      const [images, groups, channels, ...positions] = shape as [number, number, number, ...number[]]
      const depth = [input[2]!, ...kernel.slice(3)]
      const rank = shape.length
      if (imagesAreColumns(shape)) {
        // Kernel axes: group, channel, image, positions.
        const resultAxes = [2, 0, 1, ...ascending(rank - 3).map((axis) => axis + 3)]
        return { batch: [groups], rows: [channels], columns: [images, ...positions], depth, resultAxes }
      }
      return { batch: [images, groups], rows: [channels], columns: positions, depth, resultAxes: ascending(rank) }
    },
    operands: ({ inputs, attributes, shape, dtype }, axes, context) => {
      const [input, kernel] = inputs as [number, number]
      const inputShape = context.shapeOf(input)
      const [image, group, channel] = imagesAreColumns(shape)
        ? [axes[2]!, axes[0]!, axes[1]!]
        : [axes[0]!, axes[1]!, axes[2]!]
      const [inputChannel, ...offsets] = axes.slice(shape.length)
      const conditions: Condition[] = []
      const positions = offsets.map((offset, i) => {
        const dilation = attributes.inputDilation[i]!
        const at = addIndex(
          addIndex(scaleIndex(axes[3 + i]!, attributes.strides[i]!), scaleIndex(offset, attributes.kernelDilation[i]!)),
          constantIndex(-attributes.low[i]!),
        )
        conditions.push({
          index: at,
          low: 0,
          high: Math.max(0, (inputShape[3 + i]! - 1) * dilation + 1),
          ...(dilation > 1 ? { divisor: dilation } : {}),
        })
        return divideIndex(at, dilation, context.extents).quotient
      })
      const window = context.read(input, [image, group, inputChannel!, ...positions])
      return {
        left: context.read(kernel, [group, channel, inputChannel!, ...offsets]),
        right: guarded(conditions, window, 0, dtype, context.extents),
      }
    },
  },
}

// Few positions per image (a gradient by the kernel, a late layer) would make contractions too narrow for vectors.
const fewPositions = 64

function imagesAreColumns(resultShape: Shape): boolean {
  return resultShape[0]! > 1 && sizeOf(resultShape.slice(3)) < fewPositions
}

function freeAxes(shape: Shape, taken: readonly number[]): number[] {
  return ascending(shape.length).filter((axis) => !taken.includes(axis))
}

function ascending(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}
