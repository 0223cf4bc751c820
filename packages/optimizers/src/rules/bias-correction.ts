import type { Tensor } from '@neurite/tensor'

/** 1 − βᵗ, without the cancellation that βᵗ rounded to float32 would bring for small t. */
export function complementOfPower(beta: number, step: Tensor): Tensor {
  return step.multiply(Math.log(beta)).expm1().negate()
}
