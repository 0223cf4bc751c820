import type { DType } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/** Elements chosen along an axis, and the positions that they had there. */
export interface ValuesAndIndices<S extends Shape, D extends DType> {
  readonly values: Tensor<S, D>
  readonly indices: Tensor<S, 'int32'>
}
