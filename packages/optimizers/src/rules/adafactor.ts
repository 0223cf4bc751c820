import { type Tensor, tensor, type Variable, zeros, zerosLike } from '@neurite/tensor'
import { checkNotNegative } from '../argument-checks.ts'
import type { Collection } from '../collection.ts'
import { Optimizer } from '../optimizer.ts'
import type { Tensors, UpdateRule } from '../update-rule.ts'
import { decayed } from './decoupled-decay.ts'

export interface AdafactorOptions {
  /** Largest relative step; a step is at most 1/√t of it. Default 0.01. */
  readonly learningRate?: number
  /** The averages of step t forget the share t^betaDecay of what was before. Default −0.8. */
  readonly betaDecay?: number
  /** Smallest second moment and smallest size of a parameter, which keep divisors and steps from 0. Default [2⁻²³, 0.001]. */
  readonly epsilons?: readonly [number, number]
  /** Largest root mean square of a step before it is scaled. Default 1. */
  readonly clippingThreshold?: number
  /** Decoupled: θ shrinks by learningRate · weightDecay · θ. Default 0. */
  readonly weightDecay?: number
  /** Climbs instead of descending. Default false. */
  readonly maximize?: boolean
}

const defaults: Required<AdafactorOptions> = {
  learningRate: 0.01,
  betaDecay: -0.8,
  epsilons: [2 ** -23, 1e-3],
  clippingThreshold: 1,
  weightDecay: 0,
  maximize: false,
}

/**
 * Adam without first moment, whose second moments of matrices are products of averages of rows and columns: almost no memory
 * (Shazeer & Stern 2018, "Adafactor", algorithms 4 and 5; details as in PyTorch).
 *
 *     b = t^betaDecay,   R ← (1 − b) · R + b · mean of g² over columns,   C ← (1 − b) · C + b · mean of g² over rows
 *     V = R · Cᵀ / mean(R)                            vectors: V ← (1 − b) · V + b · g²
 *     U = g / √V,   U ← U / max(1, RMS(U) / clippingThreshold)
 *     θ ← θ − max(epsilon₂, RMS(θ)) · min(learningRate, 1/√t) · U
 */
export class Adafactor extends Optimizer {
  /** @throws RangeError if an option other than `betaDecay` is negative, or `betaDecay` positive. */
  constructor(parameters: Collection<Variable>, options: AdafactorOptions = {}) {
    const settings = { ...defaults, ...options }
    const { learningRate, betaDecay, epsilons, clippingThreshold, weightDecay } = settings
    checkNotNegative('Adafactor', { 'epsilons[0]': epsilons[0], 'epsilons[1]': epsilons[1], weightDecay })
    if (!(clippingThreshold > 0))
      throw new RangeError(`Adafactor: clippingThreshold is ${clippingThreshold}; it must be positive.`)
    if (!(betaDecay <= 0)) throw new RangeError(`Adafactor: betaDecay is ${betaDecay}; it must not be positive.`)
    super({ name: 'Adafactor', parameters, learningRate, rule: adafactor(settings) })
  }
}

type Scalars = { readonly rate: Tensor; readonly relativeStep: Tensor; readonly share: Tensor }

function adafactor(settings: typeof defaults): UpdateRule<{ step: Tensor }, Scalars> {
  const { betaDecay, epsilons, clippingThreshold, weightDecay, maximize } = settings
  return {
    initializeShared: () => ({ step: tensor(0, { dtype: 'int32' }) }),
    initialize: (parameter) => {
      if (parameter.rank < 2) return { secondMoment: zerosLike(parameter) }
      const [batch, [rows, columns]] = [parameter.shape.slice(0, -2), parameter.shape.slice(-2)] as [number[], number[]]
      return {
        rowMoment: zeros([...batch, rows!, 1], parameter.dtype),
        columnMoment: zeros([...batch, 1, columns!], parameter.dtype),
      }
    },
    prepare: ({ learningRate, shared }) => {
      const step = shared.step.add(1)
      const count = step.cast(learningRate.dtype)
      const relativeStep = learningRate.minimum(count.sqrt().reciprocal())
      return { shared: { step }, scalars: { rate: learningRate, relativeStep, share: count.power(betaDecay) } }
    },
    update: ({ parameter, gradient, state, scalars }) => {
      const g = maximize ? gradient.negate() : gradient
      const moments = movedTowards(state, g.square(), scalars.share)
      const direction = g.divide(
        secondMoment(moments, epsilons[0])
          .clamp({ min: epsilons[0] ** 2 })
          .sqrt(),
      )
      const excess = rootMeanSquare(direction).divide(clippingThreshold).maximum(1)
      const stepSize = rootMeanSquare(parameter).maximum(epsilons[1]).multiply(scalars.relativeStep).divide(excess)
      const shrunk = decayed(parameter, scalars.rate, weightDecay)
      return { parameter: shrunk.subtract(direction.multiply(stepSize)), state: moments }
    },
  }
}

function movedTowards(state: Tensors, square: Tensor, share: Tensor): Tensors {
  const towards = (average: Tensor, value: Tensor): Tensor => average.add(value.subtract(average).multiply(share))
  const { rowMoment, columnMoment, secondMoment } = state
  if (rowMoment === undefined || columnMoment === undefined) return { secondMoment: towards(secondMoment!, square) }
  return {
    rowMoment: towards(rowMoment, square.mean(-1, { keepAxes: true })),
    columnMoment: towards(columnMoment, square.mean(-2, { keepAxes: true })),
  }
}

function secondMoment({ rowMoment, columnMoment, secondMoment }: Tensors, epsilon: number): Tensor {
  if (rowMoment === undefined || columnMoment === undefined) return secondMoment!
  return rowMoment.multiply(columnMoment).divide(rowMoment.mean(-2, { keepAxes: true }).clamp({ min: epsilon }))
}

function rootMeanSquare(x: Tensor): Tensor {
  return x.square().mean().sqrt()
}
