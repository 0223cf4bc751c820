import type { ContractionName, Primitives, ReferenceRules } from '../primitive.ts'
import { type Shape, sizeOf, stridesOf } from '../shape.ts'
import { firstOf, freeAxes, secondOf } from './contraction.ts'
import { finishTotals, multiplication, startTotals } from './element.ts'
import { viewOffsets } from './view-offsets.ts'

export const contractionReference: ReferenceRules<ContractionName> = {
  contract: ([left, right], { batch, over }, { shape, dtype }) => {
    const [a, b] = [left!, right!]
    const pairs = [...batch, ...over]
    const aBatch = offsetsAlong(a.shape, batch.map(firstOf))
    const bBatch = offsetsAlong(b.shape, batch.map(secondOf))
    const aRows = offsetsAlong(a.shape, freeAxes(a.shape, pairs.map(firstOf)))
    const bColumns = offsetsAlong(b.shape, freeAxes(b.shape, pairs.map(secondOf)))
    const aOver = offsetsAlong(a.shape, over.map(firstOf))
    const bOver = offsetsAlong(b.shape, over.map(secondOf))
    const multiply = multiplication(dtype)
    const totals = startTotals(dtype, sizeOf(shape))
    let place = 0
    for (let n = 0; n < aBatch.length; n++)
      for (const row of aRows)
        for (const column of bColumns) {
          const aStart = aBatch[n]! + row
          const bStart = bBatch[n]! + column
          for (let k = 0; k < aOver.length; k++)
            totals[place]! += multiply(a.data[aStart + aOver[k]!]!, b.data[bStart + bOver[k]!]!)
          place++
        }
    return finishTotals(totals, dtype)
  },

  convolution: ([input, kernel], attributes, { shape, dtype }) => {
    const [x, w] = [input!, kernel!]
    const [batches, groups, outputs, ...positions] = shape as [number, number, number, ...number[]]
    const channels = x.shape[2]!
    const [inputSize, kernelSize] = [sizeOf(x.shape.slice(3)), sizeOf(w.shape.slice(3))]
    const sources = convolutionSources(x.shape.slice(3), w.shape.slice(3), positions, attributes)
    const multiply = multiplication(dtype)
    const totals = startTotals(dtype, sizeOf(shape))
    let place = 0
    for (let n = 0; n < batches; n++)
      for (let g = 0; g < groups; g++)
        for (let o = 0; o < outputs; o++)
          for (let p = 0; p < sizeOf(positions); p++) {
            for (let c = 0; c < channels; c++) {
              const xStart = ((n * groups + g) * channels + c) * inputSize
              const wStart = ((g * outputs + o) * channels + c) * kernelSize
              for (let k = 0; k < kernelSize; k++) {
                const source = sources[p * kernelSize + k]!
                if (source !== outside) totals[place]! += multiply(x.data[xStart + source]!, w.data[wStart + k]!)
              }
            }
            place++
          }
    return finishTotals(totals, dtype)
  },
}

/** Offsets of all indices along some axes of an array, the others being 0. */
function offsetsAlong(shape: Shape, axes: readonly number[]): Int32Array {
  const strides = stridesOf(shape)
  return viewOffsets(
    axes.map((axis) => shape[axis]!),
    axes.map((axis) => strides[axis]!),
  )
}

const outside = -1

/** For every output position and kernel element the input element they meet at, `outside` where that is padding or a gap. */
function convolutionSources(
  lengths: Shape,
  kernel: Shape,
  positions: Shape,
  { strides, low, inputDilation, kernelDilation }: Primitives['convolution'],
): Int32Array {
  let sources = Int32Array.of(0)
  // Axis by axis: the sources of one more axis for each of those found so far, positions before kernel elements.
  const found = { positions: 1, kernel: 1 }
  lengths.forEach((length, axis) => {
    const next = { positions: found.positions * positions[axis]!, kernel: found.kernel * kernel[axis]! }
    const extended = new Int32Array(next.positions * next.kernel)
    for (let p = 0; p < next.positions; p++)
      for (let k = 0; k < next.kernel; k++) {
        const [position, element] = [p % positions[axis]!, k % kernel[axis]!]
        const before = sources[Math.floor(p / positions[axis]!) * found.kernel + Math.floor(k / kernel[axis]!)]!
        const at = (position * strides[axis]! + element * kernelDilation[axis]! - low[axis]!) / inputDilation[axis]!
        const isOutside = before === outside || !Number.isInteger(at) || at < 0 || at >= length
        extended[p * next.kernel + k] = isOutside ? outside : before * length + at
      }
    sources = extended
    Object.assign(found, next)
  })
  return sources
}
