import type { Shape } from '../shape.ts'
import { sizeOf } from '../shape.ts'

/**
 * Where the elements of a strided view lie, row-major: start + Σ index[i] · strides[i] for every index into `shape`.
 *
 * A view's stride is 0 along a repeated axis, negative along a flipped one, larger along one that skips elements.
 */
export function viewOffsets(shape: Shape, strides: readonly number[], start = 0): Int32Array {
  const offsets = new Int32Array(sizeOf(shape))
  if (offsets.length === 0) return offsets
  offsets[0] = start
  let filled = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis]!
    const stride = strides[axis]!
    for (let index = 1; index < length; index++)
      for (let i = 0; i < filled; i++) offsets[index * filled + i] = offsets[i]! + index * stride
    filled *= length
  }
  return offsets
}
