import type { Shape } from '../shape.ts'
import type { AxisOf, WithAxes } from './axis.ts'

/** The axis replaced by the axes of the indices. */
export type Take<S extends Shape, Indices extends Shape, Axis extends number> = number extends S['length']
  ? any
  : number extends Indices['length']
    ? any
    : AxisOf<S, Axis> extends infer At
      ? At extends string
        ? string extends At
          ? any
          : WithAxes<S, At, Indices>
        : At
      : never

/** With one more axis at the end. */
export type Append<S extends Shape, Size extends number> = number extends S['length'] ? any : [...S, Size]
