import { settlePendingAssignments, type Tensor, Variable } from '@neurite/tensor'
import type { Named, OperationCase, RecordedTensor } from '../format/recorded.ts'
import type { TensorReader } from '../format/tensors.ts'
import { lookUp } from '../vocabulary/operation.ts'
import { optimizers } from '../vocabulary/optimizers.ts'
import type { Comparison } from './comparison.ts'
import { readAll } from './module-case.ts'

/** From `params` on, one step for each entry of `grads`. */
export interface OptimizerCase extends OperationCase {
  readonly params: Named<RecordedTensor>
  readonly grads: readonly Named<RecordedTensor>[]
  readonly expected: { readonly params: readonly Named<RecordedTensor>[] }
}

/** All parameters after every step. */
export function compareOptimizer(recorded: OptimizerCase, reader: TensorReader): readonly Comparison[] {
  const { op, attrs, params, grads, expected, tolerance } = recorded
  const variables = mapValues(readAll(params, reader), (value) => new Variable(value))
  const optimizer = lookUp(optimizers, op)(variables, attrs)
  return grads.flatMap((gradients, step) => {
    optimizer.step(readAll(gradients, reader))
    settlePendingAssignments()
    const after = mapValues(variables, (variable): Tensor => variable.value)
    return Object.entries(expected.params[step]!).map(([name, wanted]) => ({
      what: `params.${name} after step ${step}`,
      actual: after[name]!,
      expected: wanted,
      tolerance,
    }))
  })
}

function mapValues<A, B>(record: Named<A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}
