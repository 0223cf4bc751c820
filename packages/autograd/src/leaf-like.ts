import { bind, type Tensor } from '@neurite/tensor'

/** A leaf without a value, which stands for a tensor of this type in a graph. */
export function leafLike({ shape, dtype }: Pick<Tensor, 'shape' | 'dtype'>): Tensor {
  return bind('input', [], { shape, dtype })
}
