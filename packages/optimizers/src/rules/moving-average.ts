import type { Tensor } from '@neurite/tensor'

/** Exponential moving average: decay · average + (1 − decay) · value. */
export function movingAverage(average: Tensor, value: Tensor, decay: number): Tensor {
  return average.add(value.subtract(average).multiply(1 - decay))
}
