import type { AnyDType, DType } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/**
 * x where positive, slope · x elsewhere, with a learned slope (He et al. 2015).
 * @param slope [1], or one for each channel: [C] for x [N, C, ...].
 * @throws ShapeError if the slopes do not fit.
 */
export function prelu<S extends Shape, D extends DType>(x: Tensor<S, D>, slope: Tensor): Tensor<S, AnyDType> {
  const shape: Shape = x.shape
  const channels = shape.length > 1 ? shape[1]! : 1
  if (slope.rank !== 1 || (slope.size !== 1 && slope.size !== channels))
    throw new ShapeError(
      `prelu: slope ${showShape(slope.shape)} does not fit ${showShape(shape)}: it must be [1] or [${channels}], one per channel.`,
    )
  const perChannel = slope.size === 1 ? slope : slope.reshape([channels, ...shape.slice(2).map(() => 1)])
  return x.greater(0).choose(x, (x as Tensor).multiply(perChannel))
}
