// What recurrent cells do in one step, for single cells and for layers of them.

import { chunk, relu, type Tensor } from '@neurite/tensor'

/** What a cell remembers, [N, features] each. */
export type CellState = {
  readonly hidden: Tensor
  /** Of an LSTM. */
  readonly cell?: Tensor
}

/** Gates stand below each other: [gates · hiddenFeatures, inFeatures] and so on. */
export interface CellWeights {
  readonly weightIh: Tensor
  readonly weightHh: Tensor
  readonly biasIh?: Tensor | undefined
  readonly biasHh?: Tensor | undefined
  /** Of an LSTM whose hidden state is projected: [projectionFeatures, hiddenFeatures]. */
  readonly weightHr?: Tensor | undefined
}

export interface CellRule {
  /** Number of gates. */
  readonly gates: number
  /** Whether the state has a cell beside the hidden state. */
  readonly hasCell: boolean
  /** What the inputs [..., inFeatures] contribute to the gates: for all steps of a sequence at once. */
  project(x: Tensor, weights: CellWeights): Tensor
  /** The state after a step, given the inputs' contribution [N, gates · hiddenFeatures]. */
  step(projected: Tensor, state: CellState, weights: CellWeights): CellState
}

/** x · weightᵀ. */
function times(x: Tensor, weight: Tensor): Tensor {
  return x.contract(weight, { over: [[-1, 1]] })
}

function plus(x: Tensor, bias: Tensor | undefined): Tensor {
  return bias === undefined ? x : x.add(bias)
}

/** Both biases, which are only ever added, go into what is computed before the loop. */
function projectWithBothBiases(x: Tensor, { weightIh, biasIh, biasHh }: CellWeights): Tensor {
  return plus(times(x, weightIh), biasIh === undefined || biasHh === undefined ? undefined : biasIh.add(biasHh))
}

export type Nonlinearity = 'tanh' | 'relu'

/** h′ = f(W x + b + V h + d) (Elman 1990). */
export function elmanRule(nonlinearity: Nonlinearity): CellRule {
  return {
    gates: 1,
    hasCell: false,
    project: projectWithBothBiases,
    step(projected, { hidden }, { weightHh }) {
      const sum = projected.add(times(hidden, weightHh))
      return { hidden: nonlinearity === 'relu' ? relu(sum) : sum.tanh() }
    },
  }
}

/** Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000; gates i, f, g, o as in PyTorch. */
export const lstmRule: CellRule = {
  gates: 4,
  hasCell: true,
  project: projectWithBothBiases,
  step(projected, { hidden, cell }, { weightHh, weightHr }) {
    const [input, forget, candidate, output] = chunk(projected.add(times(hidden, weightHh)), 4, -1) as Tensor[]
    const kept = forget!.sigmoid().multiply(cell!)
    const nextCell = kept.add(input!.sigmoid().multiply(candidate!.tanh()))
    const nextHidden = output!.sigmoid().multiply(nextCell.tanh())
    return { hidden: weightHr === undefined ? nextHidden : times(nextHidden, weightHr), cell: nextCell }
  },
}

/** Cho et al. 2014, with the reset gate behind the product as in PyTorch; gates r, z, n. */
export const gruRule: CellRule = {
  gates: 3,
  hasCell: false,
  project: (x, { weightIh, biasIh }) => plus(times(x, weightIh), biasIh),
  step(projected, { hidden }, { weightHh, biasHh }) {
    const [xReset, xUpdate, xNew] = chunk(projected, 3, -1) as Tensor[]
    const [hReset, hUpdate, hNew] = chunk(plus(times(hidden, weightHh), biasHh), 3, -1) as Tensor[]
    const reset = xReset!.add(hReset!).sigmoid()
    const update = xUpdate!.add(hUpdate!).sigmoid()
    const candidate = xNew!.add(reset.multiply(hNew!)).tanh()
    return { hidden: candidate.add(update.multiply(hidden.subtract(candidate))) }
  },
}
