import type { DType, Fits, Flatten as FlattenShape, ResultShape, Shape, Tensor } from '@neurite/tensor'
import type { Module } from '../module.ts'
import type { Shaped, ShapeFunction } from '../shape-function.ts'

interface FlattenShapes<Start extends number, End extends number> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape ? FlattenShape<S, Start, End> : never
}

/** Joins neighbouring axes into one, by default all but the first: [N, C, H, W] → [N, C · H · W]. */
export class Flatten<const Start extends number = 1, const End extends number = -1>
  implements Module, Shaped<FlattenShapes<Start, End>>
{
  declare readonly shapes?: FlattenShapes<Start, End>
  readonly startAxis: number
  readonly endAxis: number

  /**
   * Negative axes count from the end.
   * @param startAxis first axis joined, default 1.
   * @param endAxis last axis joined, default −1.
   */
  constructor(startAxis?: Start, endAxis?: End) {
    this.startAxis = startAxis ?? 1
    this.endAxis = endAxis ?? -1
  }

  /** @throws ShapeError if `x` lacks one of the axes, or `startAxis` comes after `endAxis`. */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<FlattenShape<S, Start, End>>,
  ): Tensor<ResultShape<FlattenShape<S, Start, End>>, D> {
    return (x as Tensor).flatten(this.startAxis, this.endAxis)
  }
}
