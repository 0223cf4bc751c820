import { type Shape, sizeOf, type Tensor, tensor } from '@neurite/tensor'

export interface Range {
  readonly low?: number
  readonly high?: number
  /** Other seeds, other numbers. */
  readonly seed?: number
}

/** float64 numbers in [low, high), by default [−2, 2), no two alike: multiples of the golden ratio modulo 1. */
export function scattered(shape: Shape, { low = -2, high = 2, seed = 1 }: Range = {}): Tensor {
  const ratio = (Math.sqrt(5) - 1) / 2
  const data = Float64Array.from({ length: sizeOf(shape) }, (_, i) => {
    const fraction = ((i + 1) * ratio + seed * 0.377) % 1
    return low + (high - low) * fraction
  })
  return tensor(data, { shape, dtype: 'float64' })
}

/** Positive ones: [½, 2). */
export function positive(shape: Shape, seed = 1): Tensor {
  return scattered(shape, { low: 0.5, high: 2, seed })
}

export function integers(values: readonly number[], shape: Shape = [values.length]): Tensor {
  return tensor(Int32Array.from(values), { shape, dtype: 'int32' })
}

export function float64(values: readonly number[], shape: Shape = [values.length]): Tensor {
  return tensor(Float64Array.from(values), { shape, dtype: 'float64' })
}
