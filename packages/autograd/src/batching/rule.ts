import type { PrimitiveName, Tensor } from '@neurite/tensor'
import type { NodeOf } from '../rule.ts'

/** What stands for an operand: one tensor for all examples, or one with an axis of examples in front. */
export interface BatchOperand {
  readonly tensor: Tensor
  readonly isBatched: boolean
}

export interface Batch {
  /** Number of examples. */
  readonly size: number
  /** The operand with an axis of examples in front, whether or not they differ. */
  withAxis(operand: BatchOperand): Tensor
  /** What stands for `outputs` where `operands` stand for `sources`: for rules of nodes that hold graphs. */
  through(sources: readonly Tensor[], operands: readonly Tensor[], outputs: readonly Tensor[]): readonly BatchOperand[]
}

/**
 * The primitive applied to all examples at once: the results [examples, …the output's shape], given operands of which at least one is
 * batched. Rules build graph and never read values.
 */
export type BatchRule<P extends PrimitiveName> = (
  operands: readonly BatchOperand[],
  node: NodeOf<P>,
  batch: Batch,
) => Tensor

/** Exhaustive over all primitives, or over the family named; `null` where there are no operands. */
export type BatchRules<Names extends PrimitiveName = PrimitiveName> = { readonly [P in Names]: BatchRule<P> | null }
