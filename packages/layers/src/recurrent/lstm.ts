import type { Tensor } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import { lstmRule } from './cell-rule.ts'
import { RecurrentLayer, type RecurrentOptions, type SequenceOptions, type SequenceResult } from './recurrent-layer.ts'

export interface LSTMOptions extends RecurrentOptions {
  /** Size of hidden states that are projections of larger ones, below hiddenFeatures (Sak et al. 2014). Default: none. */
  readonly projectionFeatures?: number
}

export interface LSTMSequenceOptions extends SequenceOptions {
  /** Cells to start from, [layers · directions, N, hiddenFeatures]; default zeros. */
  readonly cell?: Tensor | undefined
}

export interface LSTMSequenceResult extends SequenceResult {
  /** After the last step, [layers · directions, N, hiddenFeatures]. */
  readonly cell: Tensor
}

/**
 * Long short-term memory over sequences (Hochreiter & Schmidhuber 1997): `LSTMCell` at every step.
 *
 * x [T, N, inFeatures] → [T, N, hiddenFeatures], twice as many where bidirectional; projectionFeatures instead where projected.
 */
export class LSTM<const In extends number = number> extends RecurrentLayer<'LSTM', In> {
  /** @throws RangeError unless the sizes are positive integers, the projection is smaller, and `dropout` lies in [0, 1]. */
  constructor(inFeatures: In, hiddenFeatures: number, options: LSTMOptions = {}) {
    const { projectionFeatures } = options
    checkProjection(hiddenFeatures, projectionFeatures)
    const projection = projectionFeatures === undefined ? {} : { projectionFeatures }
    super({ name: 'LSTM', rule: lstmRule, inFeatures, hiddenFeatures, ...projection }, options)
  }

  /** @throws ShapeError if the shapes do not fit. */
  forwardWithState(x: Tensor, options: LSTMSequenceOptions = {}): LSTMSequenceResult {
    return this.run(x, options) as LSTMSequenceResult
  }
}

function checkProjection(hiddenFeatures: number, projectionFeatures: number | undefined): void {
  if (projectionFeatures === undefined) return
  checkInteger('LSTM', 'projectionFeatures', projectionFeatures)
  if (projectionFeatures >= hiddenFeatures)
    throw new RangeError(
      `LSTM: projectionFeatures is ${projectionFeatures}; it must be smaller than hiddenFeatures ${hiddenFeatures}.`,
    )
}
