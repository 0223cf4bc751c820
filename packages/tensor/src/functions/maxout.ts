import type { DType } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { AnyShape, Shape } from '../shape.ts'
import { normalizeAxis } from '../shape.ts'
import type { Divide } from '../shape-types/arithmetic.ts'
import type { AxisOf, WithSize } from '../shape-types/axis.ts'
import type { Fits, IsUnknown, ResultShape, ShapeMismatch, Show } from '../shape-types/mismatch.ts'
import type { Tensor } from '../tensor.ts'

export interface MaxoutOptions<Pieces extends number = number, Axis extends number = number> {
  /** How many neighbours share one result. */
  readonly pieces: Pieces
  readonly axis: Axis
}

/**
 * The largest of each `pieces` neighbours along an axis (Goodfellow et al. 2013): size n · pieces becomes n.
 * @throws ShapeError if the axis is not divisible by `pieces`.
 */
export function maxout<S extends Shape, D extends DType, Pieces extends number, Axis extends number>(
  x: Tensor<S, D>,
  options: MaxoutOptions<Pieces, Axis> & Fits<Maxout<S, Pieces, Axis>>,
): Tensor<ResultShape<Maxout<S, Pieces, Axis>>, D> {
  const { pieces } = options
  const axis = normalizeAxis('maxout', options.axis, x.rank)
  const shape: Shape = x.shape
  const groups = shape[axis]! / pieces
  if (!Number.isInteger(groups))
    throw new ShapeError(
      `maxout: ${pieces} pieces do not divide axis ${axis} of ${showShape(shape)}, which has ${shape[axis]} elements.`,
    )
  const grouped: Tensor = (x as Tensor).reshape([...shape.slice(0, axis), groups, pieces, ...shape.slice(axis + 1)])
  return grouped.max(axis + 1, { ties: 'first' })
}

type Maxout<S extends Shape, Pieces extends number, Axis extends number> =
  IsUnknown<S, Axis> extends true
    ? AnyShape
    : AxisOf<S, Axis> extends infer At
      ? At extends keyof S
        ? Grouped<S, At & string, Pieces, Divide<S[At] & number, Pieces>>
        : At
      : never

type Grouped<S extends Shape, At extends string, Pieces extends number, Division> = Division extends [
  infer Groups extends number,
  infer Left extends number,
]
  ? number extends Left
    ? WithSize<S, At, number>
    : Left extends 0
      ? WithSize<S, At, Groups>
      : ShapeMismatch<`maxout: ${Pieces} pieces do not divide axis ${At} of ${Show<S>}`>
  : never
