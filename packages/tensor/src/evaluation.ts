// Reading a value: everything asked for and every assignment still pending is evaluated as one graph.

import { captureScope } from './capture-scope.ts'
import { installedEvaluator } from './evaluator.ts'
import type { Tensor } from './tensor.ts'

/** A variable whose new value has been assigned but not computed. */
export interface PendingAssignment {
  readonly pendingValue: Tensor | undefined
  /** Called when `value` has been computed: from here on the variable holds the result and not the graph. */
  settle(value: Tensor): void
}

const pending = new Set<PendingAssignment>()

export function addPendingAssignment(assignment: PendingAssignment): void {
  pending.add(assignment)
}

/** Computes the tensors and all pending assignments. */
export async function evaluate(tensors: readonly Tensor[]): Promise<void> {
  const { roots, settle } = gatherRoots(tensors)
  for (const root of roots) await root.fetchSource()
  const unknown = roots.filter((root) => root.realized === undefined)
  if (unknown.length > 0) {
    const values = await installedEvaluator().evaluate(unknown)
    for (const [i, root] of unknown.entries()) root.realize(values[i]!)
  }
  settle()
}

/**
 * The same, at once.
 * @throws Error if the installed evaluator can only be awaited.
 */
export function evaluateSync(tensors: readonly Tensor[]): void {
  const evaluator = installedEvaluator()
  if (evaluator.evaluateSync === undefined)
    throw new Error('The installed evaluator cannot wait for results: use `await tensor.data()` (or item, toArray).')
  const { roots, settle } = gatherRoots(tensors)
  for (const root of roots) root.fetchSourceSync()
  const unknown = roots.filter((root) => root.realized === undefined)
  if (unknown.length > 0) {
    const values = evaluator.evaluateSync(unknown)
    for (const [i, root] of unknown.entries()) root.realize(values[i]!)
  }
  settle()
}

/** Computes all pending assignments, if the evaluator can do so at once; keeps graphs from growing over steps nobody reads. */
export function settlePendingAssignments(): void {
  if (pending.size === 0 || captureScope() !== undefined) return
  if (installedEvaluator().evaluateSync !== undefined) evaluateSync([])
}

function gatherRoots(tensors: readonly Tensor[]): { roots: Tensor[]; settle: () => void } {
  if (captureScope() !== undefined)
    throw new Error(
      'A value was read inside a function that is being compiled (or runs under scan, vmap or checkpoint), where tensors have no values yet. ' +
        'Return the tensor from the function and read it outside.',
    )
  const assignments = [...pending].map((assignment) => ({ assignment, value: assignment.pendingValue }))
  const roots = new Set(tensors)
  for (const { value } of assignments) if (value !== undefined) roots.add(value)
  return {
    roots: [...roots].filter((root) => root.realized === undefined),
    settle(): void {
      for (const { assignment, value } of assignments) {
        if (value !== undefined) assignment.settle(value)
        if (assignment.pendingValue === undefined) pending.delete(assignment)
      }
    },
  }
}
