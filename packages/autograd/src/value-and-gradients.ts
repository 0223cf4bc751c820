import type { Tensor } from '@neurite/tensor'
import { gradients } from './gradients.ts'
import type { GradientsBy, Targets } from './targets.ts'

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
 * @throws ShapeError or DTypeError as `gradients` does.
 */
export function valueAndGradients<const Of extends Targets, Loss extends Tensor>(
  lossOf: (of: Of) => Loss,
  of: Of,
): ValueAndGradients<Loss, Of> {
  const value = lossOf(of)
  return { value, gradients: gradients(value, of) }
}
