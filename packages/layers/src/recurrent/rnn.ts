import type { Tensor } from '@neurite/tensor'
import { elmanRule, type Nonlinearity } from './cell-rule.ts'
import { RecurrentLayer, type RecurrentOptions, type SequenceOptions, type SequenceResult } from './recurrent-layer.ts'

export interface RNNOptions extends RecurrentOptions {
  /** Default 'tanh'. */
  readonly nonlinearity?: Nonlinearity
}

/**
 * A plain recurrent net over sequences (Elman 1990): `RNNCell` at every step.
 *
 *     hₜ = tanh(weightIh · xₜ + biasIh + weightHh · hₜ₋₁ + biasHh)
 *
 * x [T, N, inFeatures] → [T, N, hiddenFeatures], twice as many where bidirectional.
 */
export class RNN<const In extends number = number> extends RecurrentLayer<'RNN', In> {
  /** @throws RangeError unless the sizes are positive integers and `dropout` lies in [0, 1]. */
  constructor(inFeatures: In, hiddenFeatures: number, options: RNNOptions = {}) {
    const rule = elmanRule(options.nonlinearity ?? 'tanh')
    super({ name: 'RNN', rule, inFeatures, hiddenFeatures }, options)
  }

  /** @throws ShapeError if the shapes do not fit. */
  forwardWithState(x: Tensor, options: SequenceOptions = {}): SequenceResult {
    return this.run(x, options)
  }
}
