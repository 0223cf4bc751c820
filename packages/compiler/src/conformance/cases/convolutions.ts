// Convolutions as the compiler lowers them: contractions whose right operand is a window into the input.

import {
  addIndex,
  applyScalar,
  axisIndex,
  type Condition,
  type ContractionKernel,
  constantIndex,
  constantScalar,
  type DType,
  divideIndex,
  type Index,
  rangeOfIndex,
  type Scalar,
  scaleIndex,
  storeTo,
  zeroIndex,
} from '../../kernel/index.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { type CaseWriter, positionIn, writeCase } from '../write-case.ts'

/**
 * out[n, g, o, p] = Σ over c and k of x̂[n, g, c, p · stride + k · kernelDilation] · kernel[g, o, c, k], where x̂ is the input with
 * inputDilation − 1 zeros between its elements and `low` and `high` zeros around it.
 */
interface Convolution {
  readonly dtype?: DType
  readonly images?: number
  readonly groups?: number
  readonly channels?: number
  readonly outputs?: number
  readonly size: readonly number[]
  readonly window: readonly number[]
  readonly stride?: number
  readonly low?: number
  readonly high?: number
  readonly inputDilation?: number
  readonly kernelDilation?: number
  /** Whether the images are an axis of the columns rather than of the batch. */
  readonly imagesAreColumns?: boolean
  /** Whether bias and relu follow. */
  readonly isLayer?: boolean
}

export function convolutionCases(): readonly ConformanceCase[] {
  const forms: readonly Convolution[] = [
    { size: [12], window: [3] },
    { size: [12], window: [3], low: 1, high: 1 },
    { size: [7, 9], window: [3, 3] },
    { size: [7, 9], window: [3, 3], low: 1, high: 1, isLayer: true },
    { size: [8, 8], window: [1, 1] },
    { size: [8, 8], window: [1, 1], stride: 2 },
    { size: [9, 9], window: [5, 5], low: 2, high: 2, outputs: 8, channels: 1 },
    { size: [10, 21], window: [3, 3], stride: 2, low: 1, high: 1 },
    { size: [11, 8], window: [2, 3], stride: 3, low: 0, high: 2 },
    { size: [9, 12], window: [3, 2], kernelDilation: 2, low: 2, high: 1 },
    { size: [5, 6], window: [3, 3], inputDilation: 2, low: 2, high: 2 },
    { size: [4, 5], window: [2, 4], inputDilation: 3, low: 1, high: 3, stride: 2 },
    { size: [8, 10], window: [3, 3], low: -1, high: -2 },
    { size: [6, 6], window: [3, 3], low: 1, high: 1, groups: 4, channels: 1, outputs: 1 },
    { size: [6, 7], window: [3, 2], groups: 2, channels: 2, outputs: 3, low: 1, high: 1, isLayer: true },
    { size: [4, 5, 6], window: [2, 3, 2], low: 1, high: 0, images: 1 },
    { size: [3, 3], window: [3, 3], images: 5 },
    { size: [2, 2], window: [3, 3], low: 1, high: 1, channels: 9, outputs: 17 },
    { size: [16, 33], window: [3, 3], low: 1, high: 1, channels: 8, outputs: 12, images: 1, isLayer: true },
    { size: [7, 8], window: [3, 3], low: 1, high: 1, dtype: 'float64' },
    { size: [7, 8], window: [3, 3], low: 1, high: 1, dtype: 'int32' },
    // The gradient of a kernel: the other image is the window.
    { size: [8, 8], window: [6, 6], images: 3, channels: 2, outputs: 4 },
  ]
  return forms.flatMap((form) => [convolution(form), convolution({ ...form, imagesAreColumns: true })])
}

function convolution(form: Convolution): ConformanceCase {
  const title = Object.entries(form).map(([name, value]) => `${name} ${Array.isArray(value) ? value.join('×') : value}`)
  return writeCase(title.join(', '), (write) => kernelOf(write, form), { runs: 1 })
}

function kernelOf(write: CaseWriter, form: Convolution): ContractionKernel {
  const { dtype = 'float32', images = 2, groups = 1, channels = 3, outputs = 5, size, window } = form
  const { stride = 1, low = 0, high = 0, inputDilation = 1, kernelDilation = 1 } = form
  const { imagesAreColumns = false, isLayer = false } = form
  const positions = size.map((length, i) => {
    const padded = (length - 1) * inputDilation + 1 + low + high
    return Math.floor((padded - (window[i]! - 1) * kernelDilation - 1) / stride) + 1
  })
  const outer = imagesAreColumns ? [groups, outputs, images, ...positions] : [images, groups, outputs, ...positions]
  const extents = [...outer, channels, ...window]
  const axis = (at: number): Index => (extents[at] === 1 ? zeroIndex : axisIndex(at))
  const [image, group, output] = imagesAreColumns ? [axis(2), axis(0), axis(1)] : [axis(0), axis(1), axis(2)]
  const [channel, ...offsets] = extents.slice(outer.length).map((_, i) => axis(outer.length + i)) as [Index, ...Index[]]

  const conditions: Condition[] = []
  const places = offsets.map((offset, i) => {
    const start = addIndex(scaleIndex(axis(3 + i), stride), constantIndex(-low))
    const at = addIndex(start, scaleIndex(offset, kernelDilation))
    const span = (size[i]! - 1) * inputDilation + 1
    const range = rangeOfIndex(at, extents)
    if (range.low < 0 || range.high >= span || inputDilation > 1)
      conditions.push({ index: at, low: 0, high: span, ...(inputDilation > 1 ? { divisor: inputDilation } : {}) })
    return divideIndex(at, inputDilation, extents).quotient
  })
  const inputShape = [images, groups, channels, ...size]
  const kernelShape = [groups, outputs, channels, ...window]
  const outputShape = [images, groups, outputs, ...positions]
  const sizeOf = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1)
  const inside = write.load(
    write.input(dtype, sizeOf(inputShape)),
    positionIn(inputShape, [image, group, channel, ...places]),
  )
  const right: Scalar =
    conditions.length === 0 ? inside : { kind: 'guard', conditions, value: inside, otherwise: 0, dtype }
  const left = write.load(
    write.input(dtype, sizeOf(kernelShape)),
    positionIn(kernelShape, [group, output, channel, ...offsets]),
  )
  const at = positionIn(outputShape, [image, group, output, ...positions.map((_, i) => axis(3 + i))])
  const sum: Scalar = { kind: 'result', step: 0, dtype }
  const value = isLayer
    ? biasAndRelu(write, sum, groups * outputs, positionIn([groups, outputs], [group, output]))
    : sum
  return {
    kind: 'contraction',
    label: 'convolution',
    batch: imagesAreColumns ? [groups] : [images, groups],
    rows: [outputs],
    columns: imagesAreColumns ? [images, ...positions] : positions,
    depth: [channels, ...window],
    left,
    right,
    stores: [storeTo(write.output(dtype, sizeOf(outputShape)), at, value)],
  }
}

function biasAndRelu(write: CaseWriter, sum: Scalar, size: number, at: Index): Scalar {
  const bias = write.load(write.input(sum.dtype, size), at)
  return applyScalar('maximum', [applyScalar('add', [sum, bias]), constantScalar(0, sum.dtype)])
}
