import { type Tensor, zerosLike } from '@neurite/tensor'
import { tangentsOf } from './forward/tangents.ts'
import { flattenDirections } from './jvp.ts'
import { gradientsOfLoss } from './loss.ts'
import { flattenTargets, type GradientsBy, type Targets } from './targets.ts'

/**
 * The product of the Hessian of a loss with a vector, without the Hessian: how the gradient moves as `of` moves along `directions`.
 *
 *     p[i] = Σ_j ∂²loss / ∂x[i] ∂x[j] · v[j]
 *
 * Forward over reverse (Pearlmutter 1994), at a few times the cost of the gradient. `lossOf` is called once, on `of`: tensors or variables
 * in any structure that `gradients` takes; `directions` and the result have that structure.
 * @throws ShapeError or DTypeError if the loss is no floating scalar, or a direction does not fit its target.
 */
export function hessianVectorProduct<const Of extends Targets>(
  lossOf: (of: Of) => Tensor,
  of: Of,
  directions: GradientsBy<Of>,
): GradientsBy<Of> {
  const operation = 'hessianVectorProduct'
  const { names, tensors, restore } = flattenTargets(operation, of)
  const along = flattenDirections(operation, directions, names, tensors)
  const gradient = gradientsOfLoss(operation, lossOf(of), tensors)
  const found = tangentsOf(tensors, along, gradient)
  return restore(found.map((product, i) => product ?? zerosLike(tensors[i]!)))
}
