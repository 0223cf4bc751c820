import type { DType, Shape, Tensor } from '@neurite/tensor'
import { columnsOf } from './derivative-matrices.ts'
import type { JacobianBy } from './jacobian.ts'
import { gradientsOfLoss } from './loss.ts'
import { flattenTargets, type GradientsBy, type Targets } from './targets.ts'

/** For each gradient its Jacobian by all of them. */
export type HessianBy<By> =
  By extends Tensor<infer S extends Shape, DType>
    ? JacobianBy<S, By>
    : By extends ReadonlyMap<infer Name, infer T>
      ? ReadonlyMap<Name, JacobianBy<ShapeOf<T>, By>>
      : { [Name in keyof By]: JacobianBy<ShapeOf<By[Name]>, By> }

type ShapeOf<T> = T extends Tensor<infer S extends Shape, DType> ? S : never

/**
 * All second derivatives of a loss: the Jacobian of its gradient.
 *
 *     H[i…, j…] = ∂²loss / ∂x[i…] ∂x[j…], of shape [...x.shape, ...x.shape]
 *
 * `of` is what gradients are taken by. Of several targets the result has their structure twice: `hessian(f, { w, b }).w.b` are the
 * derivatives of the gradient by w by b. It is as large as it looks: for products with it use `hessianVectorProduct`.
 * @throws ShapeError or DTypeError if the loss is no floating scalar.
 */
export function hessian<const Of extends Targets>(lossOf: (of: Of) => Tensor, of: Of): HessianBy<GradientsBy<Of>> {
  const { tensors, restore } = flattenTargets('hessian', of)
  const gradient = gradientsOfLoss('hessian', lossOf(of), tensors)
  const blocks = columnsOf(gradient, tensors).map((row) => restore(row))
  return restore(blocks as unknown as readonly Tensor[]) as unknown as HessianBy<GradientsBy<Of>>
}
