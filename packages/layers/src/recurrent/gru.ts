import type { Tensor } from '@neurite/tensor'
import { gruRule } from './cell-rule.ts'
import { RecurrentLayer, type RecurrentOptions, type SequenceOptions, type SequenceResult } from './recurrent-layer.ts'

/**
 * Gated recurrent units over sequences (Cho et al. 2014): `GRUCell` at every step.
 *
 * x [T, N, inFeatures] → [T, N, hiddenFeatures], twice as many where bidirectional.
 */
export class GRU<const In extends number = number> extends RecurrentLayer<'GRU', In> {
  /** @throws RangeError unless the sizes are positive integers and `dropout` lies in [0, 1]. */
  constructor(inFeatures: In, hiddenFeatures: number, options: RecurrentOptions = {}) {
    super({ name: 'GRU', rule: gruRule, inFeatures, hiddenFeatures }, options)
  }

  /** @throws ShapeError if the shapes do not fit. */
  forwardWithState(x: Tensor, options: SequenceOptions = {}): SequenceResult {
    return this.run(x, options)
  }
}
