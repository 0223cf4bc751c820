import type { DType, Shape } from '@neurite/tensor'
import { collapseAxes, type Kernel, loadScalar } from '../kernel/index.ts'
import { axisIndices, flattenIndex } from '../lowering/index-arithmetic.ts'

/** Copies one buffer to another. */
export function copyKernel(shape: Shape, dtype: DType, from: number, to: number): Kernel {
  const index = flattenIndex(shape, axisIndices(shape))
  const store = { kind: 'store', extents: [], buffer: to, index, value: loadScalar(from, index, dtype) } as const
  return collapseAxes({ kind: 'loop', label: 'copy', extents: shape, steps: [store] })
}
