import type { Tensor } from '@neurite/tensor'
import { gradientsOfLoss } from './loss.ts'
import { flattenTargets, type GradientsBy, type Targets } from './targets.ts'

/**
 * The gradients ∂loss / ∂x for each x of `of`: a tensor or variable, or a list, record or map of them, whose structure the
 * result has.
 *
 * Each gradient is a tensor like any other, so gradients of gradients need nothing special. The targets may be anything that
 * the loss was computed from, intermediate results too; one that it does not depend on has gradient zero.
 * @throws ShapeError if the loss is not a scalar.
 * @throws DTypeError if the loss or a target is not floating.
 */
export function gradients<const Of extends Targets>(loss: Tensor, of: Of): GradientsBy<Of> {
  const { tensors, restore } = flattenTargets('gradients', of)
  return restore(gradientsOfLoss('gradients', loss, tensors))
}
