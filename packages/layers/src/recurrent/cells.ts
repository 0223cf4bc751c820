import { foldIn, type RandomKey, ShapeError, sameShape, showShape, type Tensor, zeros } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import { fanInUniform, type InitializerOptions } from '../initializers/variance-preserving.ts'
import { checkFeatures } from '../linear/features.ts'
import { Parameter } from '../parameters.ts'
import {
  type CellRule,
  type CellState,
  type CellWeights,
  elmanRule,
  gruRule,
  lstmRule,
  type Nonlinearity,
} from './cell-rule.ts'

export interface CellOptions extends InitializerOptions {
  /** Whether biases are added. Default true. */
  readonly bias?: boolean
}

/** U(−1/√hiddenFeatures, 1/√hiddenFeatures), what all weights and biases of recurrent layers start from. */
export function recurrentInitial(
  shape: readonly number[],
  options: { readonly hiddenFeatures: number; readonly key: RandomKey | undefined; readonly place: number },
): Tensor {
  const { hiddenFeatures, key, place } = options
  return fanInUniform(shape, { fanIn: hiddenFeatures, ...(key !== undefined && { key: foldIn(key, place) }) })
}

/** One step at a time, for loops of your own. */
abstract class RecurrentCell {
  protected abstract readonly name: string
  protected abstract readonly rule: CellRule
  readonly inFeatures: number
  readonly hiddenFeatures: number
  readonly weightIh: Parameter
  readonly weightHh: Parameter
  readonly biasIh: Parameter | undefined
  readonly biasHh: Parameter | undefined

  protected constructor(
    name: string,
    sizes: { readonly inFeatures: number; readonly hiddenFeatures: number; readonly gates: number },
    options: CellOptions,
  ) {
    const { inFeatures, hiddenFeatures, gates } = sizes
    checkInteger(name, 'inFeatures', inFeatures)
    checkInteger(name, 'hiddenFeatures', hiddenFeatures)
    const { bias = true, key } = options
    const initial = (shape: readonly number[], place: number): Parameter =>
      new Parameter(recurrentInitial(shape, { hiddenFeatures, key, place }))
    const rows = gates * hiddenFeatures
    this.inFeatures = inFeatures
    this.hiddenFeatures = hiddenFeatures
    this.weightIh = initial([rows, inFeatures], 0)
    this.weightHh = initial([rows, hiddenFeatures], 1)
    this.biasIh = bias ? initial([rows], 2) : undefined
    this.biasHh = bias ? initial([rows], 3) : undefined
  }

  protected next(x: Tensor, state: CellState): CellState {
    checkFeatures(this.name, x, this.inFeatures)
    for (const [name, value] of Object.entries(state)) this.#check(x, name, value)
    const weights: CellWeights = {
      weightIh: this.weightIh.value,
      weightHh: this.weightHh.value,
      biasIh: this.biasIh?.value,
      biasHh: this.biasHh?.value,
    }
    return this.rule.step(this.rule.project(x, weights), state, weights)
  }

  protected zerosFor(x: Tensor): Tensor {
    return zeros([...x.shape.slice(0, -1), this.hiddenFeatures])
  }

  #check(x: Tensor, name: string, value: Tensor): void {
    const expected = [...x.shape.slice(0, -1), this.hiddenFeatures]
    if (!sameShape(value.shape, expected))
      throw new ShapeError(
        `${this.name}: ${name} state ${showShape(value.shape)} does not fit input ${showShape(x.shape)}: it is ${showShape(expected)}.`,
      )
  }
}

/**
 * A step of a plain recurrent net (Elman 1990).
 *
 *     h′ = tanh(weightIh · x + biasIh + weightHh · h + biasHh)
 *
 * x [..., inFeatures], h [..., hiddenFeatures] → h′. Weights start from U(−1/√hiddenFeatures, 1/√hiddenFeatures).
 */
export class RNNCell extends RecurrentCell {
  protected readonly name = 'RNNCell'
  protected readonly rule: CellRule

  /** @throws RangeError unless both sizes are positive integers. */
  constructor(
    inFeatures: number,
    hiddenFeatures: number,
    options: CellOptions & { readonly nonlinearity?: Nonlinearity } = {},
  ) {
    super('RNNCell', { inFeatures, hiddenFeatures, gates: 1 }, options)
    this.rule = elmanRule(options.nonlinearity ?? 'tanh')
  }

  /**
   * @param hidden before the step, by default zeros.
   * @returns The hidden state after it.
   * @throws ShapeError if the shapes do not fit.
   */
  forward(x: Tensor, hidden: Tensor = this.zerosFor(x)): Tensor {
    return this.next(x, { hidden }).hidden
  }
}

/**
 * A step of long short-term memory (Hochreiter & Schmidhuber 1997; Gers et al. 2000).
 *
 *     i, f, o = σ(Wx + b + Vh + d),  g = tanh(Wx + b + Vh + d)      each with its own rows of the weights
 *     c′ = f · c + i · g,  h′ = o · tanh(c′)
 *
 * x [..., inFeatures], h and c [..., hiddenFeatures]. Weights have the rows of i, f, g, o below each other.
 */
export class LSTMCell extends RecurrentCell {
  protected readonly name = 'LSTMCell'
  protected readonly rule: CellRule = lstmRule

  /** @throws RangeError unless both sizes are positive integers. */
  constructor(inFeatures: number, hiddenFeatures: number, options: CellOptions = {}) {
    super('LSTMCell', { inFeatures, hiddenFeatures, gates: lstmRule.gates }, options)
  }

  /**
   * @param state before the step, by default zeros.
   * @returns The state after it.
   * @throws ShapeError if the shapes do not fit.
   */
  forward(
    x: Tensor,
    state: Required<CellState> = { hidden: this.zerosFor(x), cell: this.zerosFor(x) },
  ): Required<CellState> {
    return this.next(x, state) as Required<CellState>
  }
}

/**
 * A step of a gated recurrent unit (Cho et al. 2014).
 *
 *     r, z = σ(Wx + b + Vh + d),  n = tanh(Wx + b + r · (Vh + d))      each with its own rows of the weights
 *     h′ = (1 − z) · n + z · h
 *
 * x [..., inFeatures], h [..., hiddenFeatures] → h′. Weights have the rows of r, z, n below each other.
 */
export class GRUCell extends RecurrentCell {
  protected readonly name = 'GRUCell'
  protected readonly rule: CellRule = gruRule

  /** @throws RangeError unless both sizes are positive integers. */
  constructor(inFeatures: number, hiddenFeatures: number, options: CellOptions = {}) {
    super('GRUCell', { inFeatures, hiddenFeatures, gates: gruRule.gates }, options)
  }

  /**
   * @param hidden before the step, by default zeros.
   * @returns The hidden state after it.
   * @throws ShapeError if the shapes do not fit.
   */
  forward(x: Tensor, hidden: Tensor = this.zerosFor(x)): Tensor {
    return this.next(x, { hidden }).hidden
  }
}
