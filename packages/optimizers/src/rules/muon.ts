import { norm, type Shape, ShapeError, showShape, type Tensor, type Variable, zerosLike } from '@neurite/tensor'
import { checkDecays, checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { UpdateRule } from '../update-rule.ts'
import { decayed } from './decoupled-decay.ts'
import { movingAverage } from './moving-average.ts'

export interface MuonOptions {
  /** Default 0.001. */
  readonly learningRate?: number
  /** Decay of the momentum, in [0, 1). Default 0.95. */
  readonly momentum?: number
  /** Whether a step looks ahead along the momentum. Default true. */
  readonly nesterov?: boolean
  /** Decoupled: θ shrinks by learningRate · weightDecay · θ. Default 0.1. */
  readonly weightDecay?: number
  /** Rounds of the iteration that makes the momentum orthogonal. Default 5. */
  readonly iterations?: number
  /** Keeps the divisor from 0. Default 1e-7. */
  readonly epsilon?: number
  /** Climbs instead of descending. Default false. */
  readonly maximize?: boolean
}

const defaults: Required<MuonOptions> = {
  learningRate: 1e-3,
  momentum: 0.95,
  nesterov: true,
  weightDecay: 0.1,
  iterations: 5,
  epsilon: 1e-7,
  maximize: false,
}

/**
 * Momentum made orthogonal by Newton–Schulz iteration, so that a step moves all directions alike (Jordan et al. 2024, "Muon: an
 * optimizer for hidden layers"; defaults as in PyTorch).
 *
 *     m ← momentum · m + (1 − momentum) · g,   u = (1 − momentum) · g + momentum · m where nesterov, else m
 *     θ ← (1 − learningRate · weightDecay) · θ − learningRate · √max(1, rows / columns) · orthogonalized(u)
 *
 * For the matrices of hidden layers; kernels [outputs, inputs, ...] count as matrices with `outputs` rows. Give vectors, embeddings
 * and the last layer to another optimizer: see `GroupedOptimizer`.
 */
export class Muon extends Optimizer {
  /** @throws ShapeError if a parameter is no matrix, RangeError if the momentum is not in [0, 1) or another option is negative. */
  constructor(parameters: Collection<Variable>, options: MuonOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, momentum, weightDecay, iterations, epsilon } = settings
    checkDecays('Muon', { momentum })
    checkNotNegative('Muon', { weightDecay, iterations, epsilon })
    super({ name: 'Muon', parameters, learningRate, rule: muon(settings) })
  }
}

function muon(
  settings: typeof defaults,
): UpdateRule<Record<never, Tensor>, { rate: Tensor }, { readonly velocity: Tensor }> {
  const { momentum, nesterov, weightDecay, maximize } = settings
  return {
    initializeShared: () => ({}),
    initialize: (parameter) => {
      if (parameter.rank < 2)
        throw new ShapeError(
          `Muon: a parameter is ${showShape(parameter.shape)}; it takes matrices. Give vectors to another optimizer of a GroupedOptimizer?`,
        )
      return { velocity: zerosLike(parameter) }
    },
    prepare: ({ learningRate, shared }) => ({ shared, scalars: { rate: learningRate } }),
    update: ({ parameter, gradient, state, scalars }) => {
      const g = maximize ? gradient.negate() : gradient
      const velocity = movingAverage(state.velocity, g, momentum)
      const direction = nesterov ? movingAverage(velocity, g, momentum) : velocity
      const shape: Shape = parameter.shape
      const matrix: Tensor = direction.reshape([shape[0]!, -1])
      const [rows, columns] = matrix.shape as [number, number]
      const step = orthogonalized(matrix, settings).multiply(Math.sqrt(Math.max(1, rows / columns)))
      const shrunk = decayed(parameter, scalars.rate, weightDecay)
      return { parameter: shrunk.subtract(step.reshape(shape).multiply(scalars.rate)), state: { velocity } }
    },
  }
}

/**
 * About U · Vᵀ of the singular value decomposition U · S · Vᵀ: a polynomial that brings singular values near 1, applied again and
 * again. Its coefficients favour speed, and leave singular values between 0.7 and 1.2.
 */
function orthogonalized(x: Tensor, { iterations, epsilon }: typeof defaults): Tensor {
  const isTall = x.shape[0] > x.shape[1]
  const wide = isTall ? x.transpose() : x
  const length: Tensor = norm(wide)
  let y = wide.divide(length.maximum(epsilon))
  for (let round = 0; round < iterations; round++) {
    const gram = y.matmul(y.transpose())
    const polynomial = gram.multiply(-4.775).add(gram.matmul(gram).multiply(2.0315))
    y = y.multiply(3.4445).add(polynomial.matmul(y))
  }
  return isTall ? y.transpose() : y
}
