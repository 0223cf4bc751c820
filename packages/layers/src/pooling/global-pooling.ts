import {
  type AnyShape,
  type DType,
  type Fits,
  type Floating,
  type ResultShape,
  type Shape,
  ShapeError,
  type ShapeMismatch,
  type Show,
  showShape,
  type Tensor,
} from '@neurite/tensor'
import type { Module } from '../module.ts'
import type { Shaped, ShapeFunction } from '../shape-function.ts'

/** [N, C, ...spatial] → [N, C]. */
type Channels<Name extends string, S extends Shape> = number extends S['length']
  ? AnyShape
  : S extends readonly [infer N extends number, infer C extends number, number, ...number[]]
    ? [N, C]
    : ShapeMismatch<`${Name}: input ${Show<S>} has no spatial axes`>

interface ChannelShapes<Name extends string> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape ? Channels<Name, S> : never
}

/** @throws ShapeError if there are none. */
function spatialAxes(layer: string, shape: Shape): readonly number[] {
  if (shape.length < 3)
    throw new ShapeError(`${layer}: input ${showShape(shape)} has no spatial axes; it must be [N, C, ...spatial].`)
  return shape.slice(2).map((_, axis) => axis + 2)
}

/** The mean of every channel over all its spatial axes, however many: x [N, C, ...spatial] → [N, C] (Lin et al. 2014). */
export class GlobalAveragePool implements Module, Shaped<ChannelShapes<'GlobalAveragePool'>> {
  declare readonly shapes?: ChannelShapes<'GlobalAveragePool'>

  /** @throws ShapeError if `x` has no spatial axes. */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<Channels<'GlobalAveragePool', S>>,
  ): Tensor<ResultShape<Channels<'GlobalAveragePool', S>>, Floating<D>> {
    return (x as Tensor).mean(spatialAxes('GlobalAveragePool', x.shape))
  }
}

/** The largest element of every channel over all its spatial axes, however many: x [N, C, ...spatial] → [N, C] (Lin et al. 2014). */
export class GlobalMaxPool implements Module, Shaped<ChannelShapes<'GlobalMaxPool'>> {
  declare readonly shapes?: ChannelShapes<'GlobalMaxPool'>

  /** @throws ShapeError if `x` has no spatial axes. */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<Channels<'GlobalMaxPool', S>>,
  ): Tensor<ResultShape<Channels<'GlobalMaxPool', S>>, D> {
    return (x as Tensor).max(spatialAxes('GlobalMaxPool', x.shape))
  }
}
