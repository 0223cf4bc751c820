import { iota, scan, type Tensor } from '@neurite/tensor'
import type { CellRule, CellState, CellWeights } from './cell-rule.ts'

export interface RunOptions {
  readonly rule: CellRule
  readonly weights: CellWeights
  readonly initial: CellState
  /** Whether to run from the end. */
  readonly isReverse: boolean
  /** Of the sequences of the batch, [N]. */
  readonly lengths: Tensor | undefined
}

/** What a step sees of the sequences. */
type Element = { readonly gates: Tensor; readonly time?: Tensor }

/** A cell run over sequences [T, N, inFeatures]: its hidden states [T, N, features], and its state after the last step. */
export function runOver(
  inputs: Tensor,
  { rule, weights, initial, isReverse, lengths }: RunOptions,
): { readonly outputs: Tensor; readonly final: CellState } {
  const step = (state: CellState, { gates, time }: Element): [CellState, Tensor] => {
    const next = rule.step(gates, state, weights)
    if (lengths === undefined || time === undefined) return [next, next.hidden]
    const isInside = time.less(lengths).unsqueeze(-1)
    return [keptWhere(isInside, next, state), isInside.choose(next.hidden, 0)]
  }
  // One large product for all steps; only that with the hidden state must wait for it.
  const gates = rule.project(inputs, weights)
  const time: Tensor = iota([inputs.shape[0]], 0)
  const sequences: Element = lengths === undefined ? { gates } : { gates, time }
  const [final, outputs] = scan(step, initial, sequences, { reverse: isReverse })
  return { outputs, final }
}

/** The state after a step where the sequences go on, the one before it elsewhere. */
function keptWhere(isInside: Tensor, next: CellState, before: CellState): CellState {
  const hidden = isInside.choose(next.hidden, before.hidden)
  return next.cell === undefined ? { hidden } : { hidden, cell: isInside.choose(next.cell, before.cell!) }
}
