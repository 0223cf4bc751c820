import type { AnyDType, DType } from './dtype.ts'
import { ReadingMethods } from './methods/reading.ts'
import type { AnyShape, Shape } from './shape.ts'

/**
 * An immutable n-dimensional array, known by how it is made and computed when its value is read.
 *
 * `S` is its shape as far as it is known statically, `D` its dtype; both default to `any`, so that code which does not
 * care about them says just `Tensor`.
 */
export class Tensor<S extends Shape = AnyShape, D extends DType = AnyDType> extends ReadingMethods<S, D> {}
