import type { Tensor } from '@neurite/tensor'
import { gradientsOfLoss } from './loss.ts'
import { flattenTargets, type GradientsBy, type Targets } from './targets.ts'

/** A loss together with its gradients. */
export interface ValueAndGradients<Loss extends Tensor, Of extends Targets> {
  readonly value: Loss
  readonly gradients: GradientsBy<Of>
}

/**
 * The loss that `lossOf` computes from `of`, and its gradients by `of`.
 *
 *     const { value, gradients } = valueAndGradients(([x, y]) => x.multiply(y).sum(), [x, y])
 *
 * Variables among `of` are read before `lossOf` is called, which may assign them (running statistics, say).
 * @throws ShapeError or DTypeError as `gradients` does.
 */
export function valueAndGradients<const Of extends Targets, Loss extends Tensor>(
  lossOf: (of: Of) => Loss,
  of: Of,
): ValueAndGradients<Loss, Of> {
  const { tensors, restore } = flattenTargets('valueAndGradients', of)
  const value = lossOf(of)
  return { value, gradients: restore(gradientsOfLoss('valueAndGradients', value, tensors)) }
}
