// An epoch of the perceptron's learning rules as compiled programs. Weights are [N + 1], the offset last, for inputs with a −1 behind them.

import { compile } from '@neurite/compiler'
import { hardLimiter, scan, type Tensor, tensor, where } from '@neurite/tensor'

/**
 * How weights change. 'convergence': w += η (d − y) x with the hard limiter's output y (Rosenblatt 1962; Lippmann 1987, box 4); 'lms': the same with the
 * linear output (Widrow & Hoff 1960); 'pocket': 'convergence', which keeps the best weights that it met (Gallant 1990, with ratchet).
 */
export type PerceptronRule = 'convergence' | 'lms' | 'pocket'

/** Examples in the order of their presentation. */
export interface Presentations {
  /** [P, N + 1] */
  readonly inputs: Tensor
  /** −1 and 1 [P] */
  readonly targets: Tensor
}

/** Weights, and what the pocket rule remembers beside them; scalars but for weights. */
export type PerceptronState = {
  readonly weights: Tensor
  /** The best weights that were met. */
  readonly pocket: Tensor
  /** The right answers in a row of the present weights. */
  readonly run: Tensor
  /** Those of the weights in the pocket when they got there. */
  readonly longest: Tensor
  /** Their right answers in all. */
  readonly most: Tensor
}

export interface Epoch {
  readonly state: PerceptronState
  /** w·x − θ at each presentation [P]. */
  readonly activations: Tensor
  /** The weights after each presentation [P, N + 1]. */
  readonly history: Tensor
}

/** The state before the first presentation. */
export function initialState(weights: Tensor): PerceptronState {
  const scalar = (value: number): Tensor => tensor(value, { dtype: 'float64' })
  return { weights, pocket: weights, run: scalar(0), longest: scalar(0), most: scalar(-1) }
}

/** One pass through the presentations with the learning rate `rate`, a scalar tensor. */
export const presentAll: (
  state: PerceptronState,
  examples: Presentations,
  rate: Tensor,
  rule: PerceptronRule,
) => Epoch = /* @__PURE__ */ compile(
  (initial: PerceptronState, examples: Presentations, rate: Tensor, rule: PerceptronRule): Epoch => {
    const [state, [activations, history]] = scan(
      (state: PerceptronState, { inputs, targets }: Presentations & { [name: string]: Tensor }) => {
        const activation: Tensor = state.weights.dot(inputs)
        const output = rule === 'lms' ? activation : hardLimiter(activation, { symmetric: true })
        const error: Tensor = targets.subtract(output)
        const weights: Tensor = state.weights.add(inputs.multiply(error.multiply(rate)))
        const rest = rule === 'pocket' ? keepBest(state, error.equal(0), examples) : { ...state, pocket: weights }
        return [{ ...rest, weights }, [activation, weights] as const]
      },
      initial,
      { inputs: examples.inputs, targets: examples.targets },
    )
    return { state, activations: activations as Tensor, history: history as Tensor }
  },
)

/** How many examples the weights answer as they should: a scalar. */
export const rightAnswers: (weights: Tensor, examples: Presentations) => Tensor = /* @__PURE__ */ compile(
  (weights: Tensor, { inputs, targets }: Presentations): Tensor =>
    hardLimiter(inputs.matmul(weights) as Tensor, { symmetric: true })
      .equal(targets)
      .cast('float64')
      .sum(),
)

/** Puts weights into the pocket once they have a longer run of right answers, and more right ones in all. */
function keepBest(state: PerceptronState, isRight: Tensor, examples: Presentations): PerceptronState {
  const run: Tensor = isRight.choose(state.run.add(1), 0)
  const right = rightAnswers(state.weights, examples)
  const isBetter: Tensor = run.greater(state.longest).and(right.greater(state.most))
  return {
    weights: state.weights,
    pocket: where(isBetter, state.weights, state.pocket) as Tensor,
    run,
    longest: isBetter.choose(run, state.longest) as Tensor,
    most: isBetter.choose(right, state.most) as Tensor,
  }
}
