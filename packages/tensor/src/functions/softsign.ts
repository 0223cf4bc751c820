import type { DType, Floating } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/** x / (1 + |x|) (Turian et al. 2009). */
export function softsign<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
  return (x as Tensor).divide((x as Tensor).absolute().add(1))
}
