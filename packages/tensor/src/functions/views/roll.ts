import type { DType } from '../../dtype.ts'
import { ShapeError, showShape } from '../../errors.ts'
import type { Axes } from '../../methods/movement.ts'
import type { Shape } from '../../shape.ts'
import { normalizeAxes } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { concatenate } from '../concatenate.ts'

/**
 * Elements moved along axes by as many places as `shifts` says; what leaves at the end comes back at the start.
 * @param shifts One for each axis; negative ones move towards the start.
 * @param axes Without them the elements move row-major through all axes.
 * @throws ShapeError if there are not as many shifts as axes.
 */
export function roll<S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  shifts: number | readonly number[],
  axes?: Axes,
): Tensor<S, D> {
  const places = typeof shifts === 'number' ? [shifts] : shifts
  if (axes === undefined) {
    if (places.length !== 1)
      throw new ShapeError(`roll: shifts ${showShape(places)} without axes. Name an axis for each shift?`)
    const shape: Shape = x.shape
    return rollAxis((x as Tensor).flatten(), places[0]!, 0).reshape(shape)
  }
  const along = normalizeAxes('roll', typeof axes === 'number' ? [axes] : axes, x.rank)
  if (along.length !== places.length)
    throw new ShapeError(`roll: shifts ${showShape(places)} do not fit axes ${showShape(along)}: one for each axis.`)
  return along.reduce((rolled, axis, i) => rollAxis(rolled, places[i]!, axis), x as Tensor)
}

function rollAxis(x: Tensor, shift: number, axis: number): Tensor {
  const length: number = x.shape[axis]
  if (!Number.isInteger(shift)) throw new ShapeError(`roll: shift ${shift} is not an integer.`)
  if (length === 0) return x
  const end = ((shift % length) + length) % length
  return concatenate([x.narrow(axis, length - end, end), x.narrow(axis, 0, length - end)], axis)
}
