import type { Tensor } from '@neurite/tensor'

/**
 * (1 − learningRate · weightDecay) · θ: weight decay beside the gradient, which no running average then scales
 * (Loshchilov & Hutter 2019, "Decoupled weight decay regularization", algorithm 2).
 */
export function decayed(parameter: Tensor, learningRate: Tensor, weightDecay: number): Tensor {
  return weightDecay === 0 ? parameter : parameter.multiply(learningRate.multiply(-weightDecay).add(1))
}
