import type { DType, Floating } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { hardTanh } from './hard-activations.ts'

/** max(x, 0), with gradient 0 at 0. */
export function relu<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
  return x.relu()
}

/** min(max(x, 0), 6) (Krizhevsky 2010). */
export function relu6<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
  return hardTanh(x, { min: 0, max: 6 })
}

/** x where positive, slope · x elsewhere (Maas et al. 2013). `slope` is 0.1 by default: max(0.1 x, x). */
export function leakyRelu<S extends Shape, D extends DType>(x: Tensor<S, D>, slope = 0.1): Tensor<S, Floating<D>> {
  return x.greater(0).choose(x, x.multiply(slope))
}
