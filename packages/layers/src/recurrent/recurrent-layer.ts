// What recurrent layers are: cells run over sequences, in several layers and both directions.

import {
  concatenate,
  type DType,
  type Fits,
  type Floating,
  promote,
  type ResultShape,
  type Shape,
  ShapeError,
  sameShape,
  showShape,
  stack,
  type Tensor,
  zeros,
} from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import { Dropout } from '../dropout/dropout.ts'
import type { InitializerOptions } from '../initializers/variance-preserving.ts'
import { checkFeatures, type FeaturesReplaced } from '../linear/features.ts'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import type { Shaped, ShapeFunction } from '../shape-function.ts'
import type { CellRule, CellState, CellWeights } from './cell-rule.ts'
import { recurrentInitial } from './cells.ts'
import { runOver } from './run-over.ts'

export interface RecurrentOptions extends InitializerOptions {
  /** Layers on top of each other; each gets the outputs of the one below. Default 1. */
  readonly layers?: number
  /** Whether biases are added. Default true. */
  readonly bias?: boolean
  /** Whether inputs and outputs are [N, T, …] instead of [T, N, …]. Default false. */
  readonly batchFirst?: boolean
  /** Probability of outputs of all layers but the last to be dropped while training. Default 0. */
  readonly dropout?: number
  /** Whether a second set of cells runs from the end, whose outputs are appended. Default false. */
  readonly bidirectional?: boolean
}

/** How a sequence is run over. */
export interface SequenceOptions {
  /** Hidden states to start from, [layers · directions, N, features]; default zeros. */
  readonly hidden?: Tensor | undefined
  /**
   * Lengths of the sequences of the batch, int32 [N], at most T: states stop changing behind them, outputs there are 0, and cells
   * that run from the end begin there.
   */
  readonly lengths?: Tensor | undefined
}

export interface SequenceResult {
  /** Of the last layer at every step. */
  readonly output: Tensor
  /** After the last step, [layers · directions, N, features]. */
  readonly hidden: Tensor
}

interface RecurrentShapes<Name extends string, In extends number> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape ? FeaturesReplaced<Name, S, In, number> : never
}

interface Definition<Name extends string, In extends number> {
  readonly name: Name
  readonly rule: CellRule
  readonly inFeatures: In
  readonly hiddenFeatures: number
  /** Of a hidden state that is smaller than the cell's. */
  readonly projectionFeatures?: number
}

/** A layer's cells in one direction. */
interface Place {
  readonly layer: number
  readonly isReverse: boolean
}

/** Cells run over sequences. Parameters are named as in PyTorch: "weight_ih_l0", "bias_hh_l1_reverse". */
export abstract class RecurrentLayer<Name extends string, In extends number>
  implements Module, Shaped<RecurrentShapes<Name, In>>
{
  declare readonly shapes?: RecurrentShapes<Name, In>
  readonly #name: string
  readonly #rule: CellRule
  readonly inFeatures: In
  readonly hiddenFeatures: number
  /** Of the outputs in one direction. */
  readonly outFeatures: number
  readonly layers: number
  readonly batchFirst: boolean
  readonly bidirectional: boolean
  readonly dropout: Dropout
  readonly [weight: `weight${string}` | `bias${string}`]: Parameter | undefined

  protected constructor(definition: Definition<Name, In>, options: RecurrentOptions) {
    const { name, rule, inFeatures, hiddenFeatures, projectionFeatures } = definition
    const { layers = 1, batchFirst = false, dropout = 0, bidirectional = false } = options
    for (const [size, value] of Object.entries({ inFeatures, hiddenFeatures, layers })) checkInteger(name, size, value)
    this.#name = name
    this.#rule = rule
    this.inFeatures = inFeatures
    this.hiddenFeatures = hiddenFeatures
    this.outFeatures = projectionFeatures ?? hiddenFeatures
    this.layers = layers
    this.batchFirst = batchFirst
    this.bidirectional = bidirectional
    this.dropout = new Dropout(dropout)
    for (const place of this.#places()) this.#addWeights(place, { ...options, projectionFeatures })
  }

  /**
   * The outputs of the last layer at every step, from states of zeros; `forwardWithState` takes and gives states too.
   * @throws ShapeError unless `x` is [T, N, inFeatures], or [N, T, inFeatures] where `batchFirst`.
   */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<FeaturesReplaced<Name, S, In, number>>,
  ): Tensor<ResultShape<FeaturesReplaced<Name, S, In, number>>, Floating<D>> {
    return this.run(x, {}).output
  }

  /** @throws ShapeError if the shapes do not fit. */
  protected run(
    x: Tensor,
    options: SequenceOptions & { readonly cell?: Tensor | undefined },
  ): SequenceResult & { readonly cell?: Tensor } {
    this.#checkInput(x, options.lengths)
    const sequence = this.batchFirst ? x.transpose(0, 1) : x
    const initial = this.#initialStates(sequence, options)
    const finals: CellState[] = []
    let outputs = sequence
    for (let layer = 0; layer < this.layers; layer++) {
      const inputs = layer === 0 ? outputs : this.dropout.forward(outputs)
      const directions = this.#directions().map((isReverse) => {
        const place = { layer, isReverse }
        const run = runOver(inputs, {
          rule: this.#rule,
          weights: this.#weightsOf(place),
          initial: initial[this.#indexOf(place)]!,
          isReverse,
          lengths: options.lengths,
        })
        finals.push(run.final)
        return run.outputs
      })
      outputs = directions.length === 1 ? directions[0]! : concatenate(directions, -1)
    }
    const cells = finals.flatMap(({ cell }) => (cell === undefined ? [] : [cell]))
    return {
      output: this.batchFirst ? outputs.transpose(0, 1) : outputs,
      hidden: stack(
        finals.map(({ hidden }) => hidden),
        0,
      ),
      ...(cells.length > 0 && { cell: stack(cells, 0) }),
    }
  }

  #directions(): readonly boolean[] {
    return this.bidirectional ? [false, true] : [false]
  }

  #places(): readonly Place[] {
    return Array.from({ length: this.layers }, (_, layer) =>
      this.#directions().map((isReverse) => ({ layer, isReverse })),
    ).flat()
  }

  #indexOf({ layer, isReverse }: Place): number {
    return layer * this.#directions().length + (isReverse ? 1 : 0)
  }

  #addWeights(place: Place, options: RecurrentOptions & { readonly projectionFeatures: number | undefined }): void {
    const { bias = true, key, projectionFeatures } = options
    const { hiddenFeatures, outFeatures } = this
    const rows = this.#rule.gates * hiddenFeatures
    const columns = place.layer === 0 ? this.inFeatures : outFeatures * this.#directions().length
    const shapes: Readonly<Record<keyof CellWeights, readonly number[] | undefined>> = {
      weightIh: [rows, columns],
      weightHh: [rows, outFeatures],
      biasIh: bias ? [rows] : undefined,
      biasHh: bias ? [rows] : undefined,
      weightHr: projectionFeatures === undefined ? undefined : [projectionFeatures, hiddenFeatures],
    }
    for (const [kind, [name, shape]] of Object.entries(shapes).entries()) {
      if (shape === undefined) continue
      const initial = recurrentInitial(shape, { hiddenFeatures, key, place: 5 * this.#indexOf(place) + kind })
      Object.assign(this, { [fieldOf(name, place)]: new Parameter(initial) })
    }
  }

  #weightsOf(place: Place): CellWeights {
    const value = (name: keyof CellWeights): Tensor | undefined => this[fieldOf(name, place)]?.value
    return {
      weightIh: value('weightIh')!,
      weightHh: value('weightHh')!,
      biasIh: value('biasIh'),
      biasHh: value('biasHh'),
      weightHr: value('weightHr'),
    }
  }

  /** One for each place. */
  #initialStates(
    sequence: Tensor,
    { hidden, cell }: { readonly hidden?: Tensor | undefined; readonly cell?: Tensor | undefined },
  ): readonly CellState[] {
    const batch: number = sequence.shape[1]
    const count = this.#places().length
    const dtype = promote(sequence.dtype, 'float32')
    const statesOf = (name: string, given: Tensor | undefined, features: number): readonly Tensor[] => {
      const expected = [count, batch, features]
      if (given !== undefined && !sameShape(given.shape, expected))
        throw new ShapeError(`${this.#name}: ${name} state ${showShape(given.shape)} must be ${showShape(expected)}.`)
      const all: Tensor = given?.cast(dtype) ?? zeros(expected, dtype)
      return Array.from({ length: count }, (_, place) => all.select(0, place))
    }
    const hiddens = statesOf('hidden', hidden, this.outFeatures)
    if (!this.#rule.hasCell) return hiddens.map((each) => ({ hidden: each }))
    const cells = statesOf('cell', cell, this.hiddenFeatures)
    return hiddens.map((each, place) => ({ hidden: each, cell: cells[place]! }))
  }

  #checkInput(x: Tensor, lengths: Tensor | undefined): void {
    const axes = this.batchFirst ? '[N, T, features]' : '[T, N, features]'
    if (x.rank !== 3)
      throw new ShapeError(
        `${this.#name}: input ${showShape(x.shape)} must be ${axes}. Unsqueeze the axis of the batch?`,
      )
    checkFeatures(this.#name, x, this.inFeatures)
    const batch: number = x.shape[this.batchFirst ? 0 : 1]
    if (lengths !== undefined && !sameShape(lengths.shape, [batch]))
      throw new ShapeError(
        `${this.#name}: lengths ${showShape(lengths.shape)} do not fit input ${showShape(x.shape)}: they are [${batch}].`,
      )
  }
}

/** `weightIhL0Reverse`, which a state dict calls "weight_ih_l0_reverse". */
function fieldOf(name: string, { layer, isReverse }: Place): `weight${string}` {
  return `${name}L${layer}${isReverse ? 'Reverse' : ''}` as `weight${string}`
}
