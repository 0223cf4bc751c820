import {
  type AnyShape,
  adaptiveAveragePool,
  adaptiveMaxPool,
  type DType,
  type Fits,
  type PerAxis,
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
import type { Pair, Single, SpatialRank, Triple } from '../spatial-sizes.ts'
import { perAxis } from '../window-geometry.ts'
import type { ResultDType, ResultKind } from './pooling-layer.ts'

/** [N, C, ...spatial] → [N, C, ...outputSize]. */
type Resized<Name extends string, S extends Shape, Size extends Shape> = number extends S['length']
  ? AnyShape
  : S extends readonly [infer N extends number, infer C extends number, ...infer Spatial extends Shape]
    ? Spatial['length'] extends Size['length']
      ? [N, C, ...Size]
      : ShapeMismatch<`${Name}: input ${Show<S>} has ${Spatial['length']} spatial axes; the layer takes ${Size['length']}`>
    : ShapeMismatch<`${Name}: input ${Show<S>} has no spatial axes; the layer takes ${Size['length']}`>

interface ResizedShapes<Name extends string, Size extends Shape> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape ? Resized<Name, S, Size> : never
}

abstract class AdaptivePoolingLayer<Name extends string, Kind extends ResultKind, Size extends Shape>
  implements Module, Shaped<ResizedShapes<Name, Size>>
{
  declare readonly shapes?: ResizedShapes<Name, Size>
  declare readonly kind?: Kind
  protected abstract readonly name: Name
  readonly outputSize: readonly number[]

  protected constructor(name: Name, rank: SpatialRank, outputSize: PerAxis) {
    this.outputSize = perAxis(name, { name: 'outputSize', value: outputSize, rank })
  }

  protected abstract pooled(x: Tensor, outputSize: readonly number[]): Tensor

  /** @throws ShapeError unless `x` is [N, channels, ...spatial]. */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<Resized<Name, S, Size>>,
  ): Tensor<ResultShape<Resized<Name, S, Size>>, ResultDType<Kind, D>> {
    const rank = this.outputSize.length
    const shape: Shape = x.shape
    if (shape.length !== rank + 2)
      throw new ShapeError(`${this.name}: input ${showShape(shape)} must have ${rank + 2} axes: [N, C, ...spatial].`)
    return this.pooled(x, this.outputSize) as Tensor<never, never>
  }
}

/**
 * The mean of each of `outputSize` windows per spatial axis, which together cover it: x [N, C, L] → [N, C, ...outputSize].
 *
 * Window i of an axis of length L, of n, goes from ⌊i · L / n⌋ to ⌈(i + 1) · L / n⌉, as in PyTorch.
 */
export class AdaptiveAveragePool1d<const Size extends PerAxis = PerAxis> extends AdaptivePoolingLayer<
  'AdaptiveAveragePool1d',
  'floating',
  Single<Size>
> {
  protected readonly name = 'AdaptiveAveragePool1d'

  /** @throws RangeError if a size is not a positive integer. */
  constructor(outputSize: Size) {
    super('AdaptiveAveragePool1d', 1, outputSize)
  }

  protected pooled(x: Tensor, outputSize: readonly number[]): Tensor {
    return adaptiveAveragePool(x, outputSize)
  }
}

/**
 * The mean of each of `outputSize` windows per spatial axis, which together cover it: x [N, C, H, W] → [N, C, ...outputSize].
 *
 * Window i of an axis of length H, of n, goes from ⌊i · H / n⌋ to ⌈(i + 1) · H / n⌉, as in PyTorch.
 */
export class AdaptiveAveragePool2d<const Size extends PerAxis = PerAxis> extends AdaptivePoolingLayer<
  'AdaptiveAveragePool2d',
  'floating',
  Pair<Size>
> {
  protected readonly name = 'AdaptiveAveragePool2d'

  /** @throws RangeError if a size is not a positive integer. */
  constructor(outputSize: Size) {
    super('AdaptiveAveragePool2d', 2, outputSize)
  }

  protected pooled(x: Tensor, outputSize: readonly number[]): Tensor {
    return adaptiveAveragePool(x, outputSize)
  }
}

/**
 * The mean of each of `outputSize` windows per spatial axis, which together cover it: x [N, C, D, H, W] → [N, C, ...outputSize].
 *
 * Window i of an axis of length D, of n, goes from ⌊i · D / n⌋ to ⌈(i + 1) · D / n⌉, as in PyTorch.
 */
export class AdaptiveAveragePool3d<const Size extends PerAxis = PerAxis> extends AdaptivePoolingLayer<
  'AdaptiveAveragePool3d',
  'floating',
  Triple<Size>
> {
  protected readonly name = 'AdaptiveAveragePool3d'

  /** @throws RangeError if a size is not a positive integer. */
  constructor(outputSize: Size) {
    super('AdaptiveAveragePool3d', 3, outputSize)
  }

  protected pooled(x: Tensor, outputSize: readonly number[]): Tensor {
    return adaptiveAveragePool(x, outputSize)
  }
}

/**
 * The largest element of each of `outputSize` windows per spatial axis, which together cover it: x [N, C, L] → [N, C, ...outputSize].
 *
 * Window i of an axis of length L, of n, goes from ⌊i · L / n⌋ to ⌈(i + 1) · L / n⌉, as in PyTorch.
 */
export class AdaptiveMaxPool1d<const Size extends PerAxis = PerAxis> extends AdaptivePoolingLayer<
  'AdaptiveMaxPool1d',
  'same',
  Single<Size>
> {
  protected readonly name = 'AdaptiveMaxPool1d'

  /** @throws RangeError if a size is not a positive integer. */
  constructor(outputSize: Size) {
    super('AdaptiveMaxPool1d', 1, outputSize)
  }

  protected pooled(x: Tensor, outputSize: readonly number[]): Tensor {
    return adaptiveMaxPool(x, outputSize)
  }
}

/**
 * The largest element of each of `outputSize` windows per spatial axis, which together cover it: x [N, C, H, W] → [N, C, ...outputSize].
 *
 * Window i of an axis of length H, of n, goes from ⌊i · H / n⌋ to ⌈(i + 1) · H / n⌉, as in PyTorch.
 */
export class AdaptiveMaxPool2d<const Size extends PerAxis = PerAxis> extends AdaptivePoolingLayer<
  'AdaptiveMaxPool2d',
  'same',
  Pair<Size>
> {
  protected readonly name = 'AdaptiveMaxPool2d'

  /** @throws RangeError if a size is not a positive integer. */
  constructor(outputSize: Size) {
    super('AdaptiveMaxPool2d', 2, outputSize)
  }

  protected pooled(x: Tensor, outputSize: readonly number[]): Tensor {
    return adaptiveMaxPool(x, outputSize)
  }
}

/**
 * The largest element of each of `outputSize` windows per spatial axis, which together cover it: x [N, C, D, H, W] → [N, C, ...outputSize].
 *
 * Window i of an axis of length D, of n, goes from ⌊i · D / n⌋ to ⌈(i + 1) · D / n⌉, as in PyTorch.
 */
export class AdaptiveMaxPool3d<const Size extends PerAxis = PerAxis> extends AdaptivePoolingLayer<
  'AdaptiveMaxPool3d',
  'same',
  Triple<Size>
> {
  protected readonly name = 'AdaptiveMaxPool3d'

  /** @throws RangeError if a size is not a positive integer. */
  constructor(outputSize: Size) {
    super('AdaptiveMaxPool3d', 3, outputSize)
  }

  protected pooled(x: Tensor, outputSize: readonly number[]): Tensor {
    return adaptiveMaxPool(x, outputSize)
  }
}
