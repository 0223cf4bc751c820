// Layers that map the features on the last axis, as Linear does: the shapes they take and give, as types and at run time.

import {
  type AnyShape,
  type AreEqual,
  type Shape,
  ShapeError,
  type ShapeMismatch,
  type Show,
  showShape,
  type Tensor,
} from '@neurite/tensor'

/** Shape of the result of a layer that replaces a last axis of `In` features by one of `Out`. */
export type FeaturesReplaced<
  Layer extends string,
  S extends Shape,
  In extends number,
  Out extends number,
> = number extends S['length']
  ? AnyShape
  : S extends readonly [...infer Batch extends Shape, infer Found extends number]
    ? AreEqual<Found, In> extends true
      ? [...Batch, Out]
      : ShapeMismatch<`${Layer}: input ${Show<S>} has ${Found} features on its last axis; the layer takes ${In}`>
    : ShapeMismatch<`${Layer}: input [] has no features`>

/** @throws ShapeError unless the last axis of `x` has `features` elements. */
export function checkFeatures(layer: string, x: Tensor, features: number): void {
  const found = x.shape.at(-1)
  if (found === features) return
  throw new ShapeError(
    `${layer}: input ${showShape(x.shape)} has ${found ?? 'no'} features on its last axis; the layer takes ${features}: ` +
      `[..., ${features}]. ${x.size % features === 0 && x.rank > 1 ? 'Flatten or transpose it first?' : 'Another layer size?'}`,
  )
}

/** x · weightᵀ: x [..., in], weight [out, in] → [..., out]. */
export function projected(x: Tensor, weight: Tensor): Tensor {
  return x.contract(weight, { over: [[-1, 1]] })
}
