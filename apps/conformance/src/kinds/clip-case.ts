import type { OperationCase, RecordedTensor } from '../format/recorded.ts'
import type { TensorReader } from '../format/tensors.ts'
import { clippings } from '../vocabulary/clipping.ts'
import { lookUp } from '../vocabulary/operation.ts'
import type { Comparison } from './comparison.ts'

/** Gradients before and after clipping. */
export interface ClipCase extends OperationCase {
  readonly grads: readonly RecordedTensor[]
  readonly expected: { readonly grads: readonly RecordedTensor[]; readonly total_norm?: number }
}

/** The clipped gradients, and the norm before clipping where it is recorded. */
export function compareClip(recorded: ClipCase, reader: TensorReader): readonly Comparison[] {
  const { op, attrs, grads, expected, tolerance } = recorded
  const { clipped, totalNorm } = lookUp(clippings, op)(
    grads.map((gradient) => reader.tensor(gradient)),
    attrs,
  )
  const gradients = expected.grads.map((wanted, i) => ({
    what: `grads[${i}]`,
    actual: clipped[i]!,
    expected: wanted,
    tolerance,
  }))
  if (expected.total_norm === undefined) return gradients
  if (totalNorm === undefined) throw new Error(`${op} gives no norm, one is recorded`)
  const wanted: RecordedTensor = { shape: [], dtype: 'float32', data: [expected.total_norm] }
  return [...gradients, { what: 'total_norm', actual: totalNorm, expected: wanted, tolerance }]
}
