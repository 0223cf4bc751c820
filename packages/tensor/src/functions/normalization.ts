import type { AnyDType, DType } from '../dtype.ts'
import { floatingOf } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { Shape } from '../shape.ts'
import { sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

export interface NormalizationOptions {
  /** Factor of each element, in the normalized shape. */
  readonly weight?: Tensor | undefined
  /** Keeps the divisor from 0. Default 1e-5. */
  readonly epsilon?: number
}

export interface LayerNormOptions extends NormalizationOptions {
  /** Added to each element, in the normalized shape. */
  readonly bias?: Tensor | undefined
}

/**
 * (x − mean) / √(variance + epsilon) · weight + bias, over the last axes (Ba, Kiros & Hinton 2016). The variance is the biased one.
 * @param shape Sizes of the axes that are normalized together.
 * @throws ShapeError if `x` does not end in them.
 */
export function layerNorm<S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  shape: Shape,
  options: LayerNormOptions = {},
): Tensor<S, AnyDType> {
  const { weight, bias, epsilon = 1e-5 } = options
  const axes = lastAxes('layerNorm', x.shape, shape)
  const wide: Tensor = x.cast(floatingOf(x.dtype))
  const centred = wide.subtract(wide.mean(axes, { keepAxes: true }))
  const variance = centred.square().mean(axes, { keepAxes: true })
  const normalized = centred.divide(variance.add(epsilon).sqrt())
  const scaled = weight === undefined ? normalized : normalized.multiply(weight)
  return bias === undefined ? scaled : scaled.add(bias)
}

/**
 * x / √(mean of x² + epsilon) · weight, over the last axes (Zhang & Sennrich 2019).
 * @param shape Sizes of the axes that are normalized together.
 * @throws ShapeError if `x` does not end in them.
 */
export function rmsNorm<S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  shape: Shape,
  options: NormalizationOptions = {},
): Tensor<S, AnyDType> {
  const { weight, epsilon = 1e-5 } = options
  const axes = lastAxes('rmsNorm', x.shape, shape)
  const wide: Tensor = x.cast(floatingOf(x.dtype))
  const normalized = wide.divide(wide.square().mean(axes, { keepAxes: true }).add(epsilon).sqrt())
  return weight === undefined ? normalized : normalized.multiply(weight)
}

function lastAxes(operation: string, shape: Shape, normalized: Shape): number[] {
  if (normalized.length === 0 || !sameShape(shape.slice(-normalized.length), normalized))
    throw new ShapeError(`${operation}: ${showShape(shape)} does not end in ${showShape(normalized)}.`)
  return normalized.map((_, i) => i - normalized.length)
}
