import type { Tensor } from '../../tensor.ts'

/** x^(1/order) for x ≥ 0, with gradient 0 at 0, where the slope of a root is infinite. */
export function root(x: Tensor, order: number): Tensor {
  const isZero = x.equal(0)
  const safe = isZero.choose(1, x)
  return isZero.choose(0 ** (1 / order), order === 2 ? safe.sqrt() : safe.power(1 / order))
}
