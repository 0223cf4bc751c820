// Convolutions as contraction kernels, in the form in which the compiler lowers them.

import {
  addIndex,
  axisIndex,
  type Condition,
  type ContractionKernel,
  constantIndex,
  divideIndex,
  type Index,
  loadScalar,
  type Program,
  rangeOfIndex,
  type Scalar,
  scaleIndex,
  zeroIndex,
} from '@neurite/compiler/kernel'
import { elementsOf, oneKernel } from './both-backends.ts'

/**
 * out[n, g, o, p] = Σ_c,k x̂[n, g, c, p·stride + k·kernelDilation] · kernel[g, o, c, k], where x̂ has inputDilation − 1 zeros
 * between elements and `low`, `high` zeros around. Buffers: 0 input [n, g, c, …], 1 kernel [g, o, c, …], 2 result.
 */
export interface ConvolutionShape {
  readonly images: number
  readonly groups: number
  readonly channels: number
  readonly outputs: number
  readonly size: readonly number[]
  readonly window: readonly number[]
  readonly stride?: number
  readonly low?: number
  readonly high?: number
  readonly inputDilation?: number
  readonly kernelDilation?: number
  /** The arrays lie as a gradient by the kernel finds them (one group): input [c, n, …], kernel [c, o, …]. */
  readonly isTransposed?: boolean
  /** The window is read backwards, as a gradient by the input does. */
  readonly isFlipped?: boolean
}

export function resultSize(shape: ConvolutionShape): number[] {
  const { stride = 1, low = 0, high = 0, inputDilation = 1, kernelDilation = 1 } = shape
  return shape.size.map((size, i) => {
    const padded = (size - 1) * inputDilation + 1 + low + high
    return Math.floor((padded - (shape.window[i]! - 1) * kernelDilation - 1) / stride) + 1
  })
}

export function convolutionKernel(shape: ConvolutionShape, imagesAreColumns: boolean): ContractionKernel {
  const { images, groups, channels, outputs, size, window } = shape
  const { stride = 1, low = 0, inputDilation = 1, kernelDilation = 1 } = shape
  const positions = resultSize(shape)
  const extents = imagesAreColumns
    ? [groups, outputs, images, ...positions, channels, ...window]
    : [images, groups, outputs, ...positions, channels, ...window]
  const axis = (at: number): Index => (extents[at] === 1 ? zeroIndex : axisIndex(at))
  const [image, group, output] = imagesAreColumns ? [axis(2), axis(0), axis(1)] : [axis(0), axis(1), axis(2)]
  const channel = axis(3 + positions.length)
  const conditions: Condition[] = []
  const places = positions.map((_, i) => {
    const offset = scaleIndex(axis(4 + positions.length + i), kernelDilation)
    const at = addIndex(addIndex(scaleIndex(axis(3 + i), stride), offset), constantIndex(-low))
    const span = (size[i]! - 1) * inputDilation + 1
    const range = rangeOfIndex(at, extents)
    if (range.low < 0 || range.high >= span || inputDilation > 1)
      conditions.push({ index: at, low: 0, high: span, ...(inputDilation > 1 ? { divisor: inputDilation } : {}) })
    return divideIndex(at, inputDilation, extents).quotient
  })
  const offsets = window.map((extent, i) => {
    const offset = axis(4 + positions.length + i)
    return shape.isFlipped ? addIndex(constantIndex(extent - 1), scaleIndex(offset, -1)) : offset
  })
  const input = loadScalar(
    0,
    shape.isTransposed
      ? flatten([channels, images, ...size], [channel, image, ...places])
      : flatten([images, groups, channels, ...size], [image, group, channel, ...places]),
    'float32',
  )
  const right: Scalar =
    conditions.length === 0 ? input : { kind: 'guard', conditions, value: input, otherwise: 0, dtype: 'float32' }
  const left = loadScalar(
    1,
    shape.isTransposed
      ? flatten([channels, outputs, ...window], [channel, output, ...offsets])
      : flatten([groups, outputs, channels, ...window], [group, output, channel, ...offsets]),
    'float32',
  )
  const outputIndex = flatten(
    [images, groups, outputs, ...positions],
    [image, group, output, ...positions.map((_, i) => axis(3 + i))],
  )
  return {
    kind: 'contraction',
    label: 'convolution',
    batch: imagesAreColumns ? [groups] : [images, groups],
    rows: [outputs],
    columns: imagesAreColumns ? [images, ...positions] : positions,
    depth: [channels, ...window],
    left,
    right,
    stores: [
      {
        kind: 'store',
        extents: [],
        buffer: 2,
        index: outputIndex,
        value: { kind: 'result', step: 0, dtype: 'float32' },
      },
    ],
  }
}

/** Row-major position of an index in a shape. */
export function flatten(shape: readonly number[], index: readonly Index[]): Index {
  return index.reduce((sum, at, i) => addIndex(scaleIndex(sum, shape[i]!), at), zeroIndex)
}

/** A program of one convolution. */
export function convolutionProgram(shape: ConvolutionShape, imagesAreColumns: boolean): Program {
  const { images, groups, channels, outputs, size, window } = shape
  return oneKernel((write) => {
    write.input('float32', elementsOf([images, groups, channels, ...size]))
    write.input('float32', elementsOf([groups, outputs, channels, ...window]))
    write.output('float32', elementsOf([images, groups, outputs, ...resultSize(shape)]))
    return convolutionKernel(shape, imagesAreColumns)
  })
}
