import { iota, type ReductionName, type Shape, type Tensor, where, zeros } from '@neurite/tensor'
import type { VjpRule, VjpRules } from '../rule.ts'
import { productRule } from './product.ts'

export const reductionRules: VjpRules<ReductionName> = {
  sum: (c, { inputs: [x], attributes: { axes } }) => [spreadOver(c, x!.shape, axes)],
  product: productRule,
  max: extremumRule((x, axes) => x.argMax(axes)),
  min: extremumRule((x, axes) => x.argMin(axes)),
  argMax: null,
}

/** A reduced tensor repeated along the axes that it lost. */
function spreadOver(reduced: Tensor, shape: Shape, axes: readonly number[]): Tensor {
  return reduced.reshape(shape.map((length, axis) => (axes.includes(axis) ? 1 : length))).broadcastTo(shape)
}

function extremumRule<P extends 'max' | 'min'>(
  firstPosition: (x: Tensor, axes: readonly number[]) => Tensor,
): VjpRule<P> {
  return (c, { inputs, output: y, attributes: { axes, ties } }) => {
    const x = inputs[0]!
    const cotangent = spreadOver(c, x.shape, axes)
    if (ties === 'first') {
      const isFirst = positions(x.shape, axes).equal(spreadOver(firstPosition(x, axes), x.shape, axes))
      return [where(isFirst, cotangent, 0)]
    }
    const isExtreme: Tensor = x.equal(spreadOver(y, x.shape, axes))
    const count: Tensor = isExtreme.sum(axes).cast(c.dtype)
    return [where(isExtreme, cotangent.divide(spreadOver(count, x.shape, axes)), 0)]
  }
}

/** Every element's position, row-major, among those that are reduced into one. */
function positions(shape: Shape, axes: readonly number[]): Tensor {
  let position: Tensor = zeros(shape, 'int32')
  let stride = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (!axes.includes(axis)) continue
    position = position.add(iota(shape, axis).multiply(stride))
    stride *= shape[axis]!
  }
  return position
}
