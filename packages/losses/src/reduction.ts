import type { AnyShape, Shape, Tensor } from '@neurite/tensor'

/** How the losses of single elements become the result: their mean, their sum, or all of them. */
export type Reduction = 'mean' | 'sum' | 'none'

/** Shape of a loss whose single elements have shape `S`. */
export type Reduced<S extends Shape, R extends Reduction> = R extends 'none' ? S : []

/** Shape of losses of rows, the last axis of `S`: one for each. */
export type OnePerRow<S extends Shape> = number extends S['length']
  ? AnyShape
  : S extends readonly [...infer Batch extends number[], number]
    ? Batch
    : []

/** What every loss takes. */
export interface LossOptions<R extends Reduction = Reduction> {
  /** Default 'mean'. */
  readonly reduction?: R
}

const reductions: { readonly [R in Reduction]: (losses: Tensor) => Tensor } = {
  mean: (losses) => losses.mean(),
  sum: (losses) => losses.sum(),
  none: (losses) => losses,
}

/**
 * The losses of single elements, brought together.
 * @throws RangeError if there is no such reduction.
 */
export function reduced(losses: Tensor, reduction: Reduction = 'mean'): Tensor {
  if (!Object.hasOwn(reductions, reduction))
    throw new RangeError(`reduction is '${reduction}'; it must be one of ${Object.keys(reductions).join(', ')}.`)
  return reductions[reduction](losses)
}
