// The recorded loss of a case, and its gradients beside the recorded ones.

import { gradients } from '@neurite/autograd'
import type { Tensor, Variable } from '@neurite/tensor'
import type { Named, RecordedTensor, Tolerance } from '../format/recorded.ts'
import type { TensorReader } from '../format/tensors.ts'
import type { Comparison } from './comparison.ts'

/** What a gradient is recorded for. */
export interface GradientTarget {
  readonly what: string
  readonly target: Tensor | Variable
  readonly expected: RecordedTensor
}

/**
 * Σ output · cotangent over the outputs that have a cotangent.
 * @throws Error if a cotangent belongs to no output.
 */
export function lossOf(
  outputs: ReadonlyMap<string, Tensor>,
  cotangents: Named<RecordedTensor>,
  reader: TensorReader,
): Tensor {
  const terms = Object.entries(cotangents).map(([name, cotangent]) => {
    const output = outputs.get(name)
    if (output === undefined) throw new Error(`the case has a cotangent of ${name}, which is no output`)
    return output.multiply(reader.tensor(cotangent)).sum()
  })
  return terms.reduce((sum, term) => sum.add(term))
}

/** One target for each recorded gradient; those of a list of tensors one by one. */
export function targetsOf(
  recorded: Named<RecordedTensor | readonly RecordedTensor[]>,
  find: (name: string) => Tensor | Variable | readonly Tensor[] | undefined,
): readonly GradientTarget[] {
  return Object.entries(recorded).flatMap(([name, expected]) => {
    const found = find(name)
    if (found === undefined) throw new Error(`there is no ${name} to take the gradient of`)
    const targets = Array.isArray(found) ? (found as readonly Tensor[]) : [found as Tensor | Variable]
    const wanted = Array.isArray(expected) ? (expected as readonly RecordedTensor[]) : [expected as RecordedTensor]
    if (targets.length !== wanted.length)
      throw new Error(`${name} is ${targets.length} tensors, ${wanted.length} gradients are recorded`)
    return targets.map((target, i) => ({
      what: `grads.${name}${Array.isArray(expected) ? `[${i}]` : ''}`,
      target,
      expected: wanted[i]!,
    }))
  })
}

export function compareGradients(
  loss: Tensor,
  targets: readonly GradientTarget[],
  tolerance: Tolerance,
): readonly Comparison[] {
  const found = gradients(
    loss,
    targets.map(({ target }) => target),
  ) as readonly Tensor[]
  return targets.map(({ what, expected }, i) => ({ what, actual: found[i]!, expected, tolerance }))
}
