import { norm, stack, type Tensor } from '@neurite/tensor'
import { byName, type Collection, withValues } from '../collection.ts'

export interface ClipByNormOptions {
  /** p of the norm; Infinity is the largest element. Default 2. */
  readonly order?: number
}

/** Clipped gradients, in the collection that they came in, and their norm before, which tells how often clipping happens. */
export interface ClippedByNorm<C> {
  readonly gradients: C
  readonly norm: Tensor<[]>
}

/**
 * Scales all gradients alike where their norm is too large, so that one bad batch does not throw the parameters away (Pascanu,
 * Mikolov & Bengio 2013, algorithm 1). PyTorch's `clip_grad_norm_`.
 *
 *     gradients · min(1, maximum / (norm + 10⁻⁶))           the norm of all elements of all gradients together
 *
 * @param maximum of the norm, not negative.
 * @throws RangeError if the maximum is negative or the order not positive, Error if there are no gradients.
 */
export function clipByNorm<C extends Collection<Tensor>>(
  gradients: C,
  maximum: number,
  options: ClipByNormOptions = {},
): ClippedByNorm<C> {
  const { order = 2 } = options
  if (!(maximum >= 0)) throw new RangeError(`clipByNorm: maximum is ${maximum}; it must not be negative.`)
  if (!(order > 0)) throw new RangeError(`clipByNorm: order is ${order}; it must be positive.`)
  const all = [...byName(gradients).values()]
  if (all.length === 0) throw new Error('clipByNorm: there are no gradients.')
  // The norm of norms is the norm of all elements.
  const norms = all.map((gradient): Tensor => norm(gradient, undefined, { order }))
  const total: Tensor = norm(stack(norms, 0), undefined, { order })
  const factor = total.add(1e-6).reciprocal().multiply(maximum).minimum(1)
  return { gradients: withValues(gradients, (gradient) => gradient.multiply(factor)), norm: total }
}

/**
 * Every element of every gradient brought into [−limit, limit]. PyTorch's `clip_grad_value_`.
 * @throws RangeError if the limit is negative.
 */
export function clipByValue<C extends Collection<Tensor>>(gradients: C, limit: number): C {
  if (!(limit >= 0)) throw new RangeError(`clipByValue: limit is ${limit}; it must not be negative.`)
  return withValues(gradients, (gradient) => gradient.clamp({ min: -limit, max: limit }))
}
