import type { TypedArray } from './dtype.ts'
import { referenceEvaluator } from './reference-evaluator.ts'
import type { Tensor } from './tensor.ts'

/** Finds the values of tensors. The default is the reference evaluator; a compiler with a backend replaces it. */
export interface Evaluator {
  /** Values of the roots, in order: fresh typed arrays that nobody else holds. */
  evaluate(roots: readonly Tensor[]): Promise<TypedArray[]>
  /** The same at once; absent where the machine cannot wait. */
  evaluateSync?(roots: readonly Tensor[]): TypedArray[]
}

let installed: Evaluator = referenceEvaluator

/** Makes `evaluator` find the values of all tensors from now on; gives back the one before. */
export function installEvaluator(evaluator: Evaluator): Evaluator {
  const before = installed
  installed = evaluator
  return before
}

export function installedEvaluator(): Evaluator {
  return installed
}
