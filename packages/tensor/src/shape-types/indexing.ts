import type { AnyShape, Shape } from '../shape.ts'
import type { AxisOf, WithAxes } from './axis.ts'
import type { IsUnknown } from './mismatch.ts'

/** The axis replaced by the axes of the indices. */
export type Take<S extends Shape, Indices extends Shape, Axis extends number> =
  IsUnknown<S, Indices['length'] | Axis> extends true
    ? AnyShape
    : AxisOf<S, Axis> extends infer At
      ? At extends string
        ? WithAxes<S, At, Indices>
        : At
      : never

/** With one more axis at the end. */
export type Append<S extends Shape, Size extends number> = IsUnknown<S> extends true ? AnyShape : [...S, Size]
