import type { PrimitiveName, Primitives } from './primitive.ts'
import { shapeRules } from './primitives/index.ts'
import { Tensor } from './tensor.ts'

/**
 * A primitive applied to tensors: what every operation comes down to.
 * @throws ShapeError or DTypeError if the inputs do not fit.
 */
export function bind<P extends PrimitiveName>(
  primitive: P,
  inputs: readonly Tensor[],
  attributes: Primitives[P],
): Tensor {
  const { shape, dtype } = shapeRules[primitive](inputs, attributes)
  return new Tensor(primitive, inputs, attributes, shape, dtype)
}
