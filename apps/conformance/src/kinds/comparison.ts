import type { Tensor } from '@neurite/tensor'
import type { RecordedTensor, Tolerance } from '../format/recorded.ts'

/** A computed tensor beside the recorded one. */
export interface Comparison {
  /** Where it stands under `expected`: "outputs.y", "grads.params.weight". */
  readonly what: string
  readonly actual: Tensor
  readonly expected: RecordedTensor
  readonly tolerance: Tolerance
}

/** Recorded numbers as a tensor. */
export function recordedNumbers(data: readonly number[]): RecordedTensor {
  return { shape: [data.length], dtype: 'float32', data }
}
