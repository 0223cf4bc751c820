import { type Shape, sizeOf, type Tensor } from '@neurite/tensor'
import type { VjpRule } from '../rule.ts'
import { inverseOrder } from './movement.ts'

/**
 * y = Π x[i]: ∂y/∂x[i] is the product of all other elements.
 *
 * It is the product of those before i times the product of those behind, which zeros do not disturb as they would y / x[i].
 */
export const productRule: VjpRule<'product'> = (c, { inputs: [x], attributes: { axes } }) => {
  const shape: Shape = x!.shape
  const kept = Array.from(shape, (_, axis) => axis).filter((axis) => !axes.includes(axis))
  const order = [...kept, ...axes]
  const moved: Tensor = x!.permute(order)
  const keptShape = kept.map((axis) => shape[axis]!)
  const rows: Tensor = moved.reshape([...keptShape, sizeOf(axes.map((axis) => shape[axis]!))])
  const others = productOfThoseBefore(rows).multiply(productOfThoseBefore(rows.flip(-1)).flip(-1))
  const cotangent: Tensor = others.multiply(c.unsqueeze(-1))
  return [cotangent.reshape(moved.shape).permute(inverseOrder(order))]
}

/** Element i is the product of the elements before i of the last axis, by doubling: after d steps, of 2ᵈ of them. */
function productOfThoseBefore(rows: Tensor): Tensor {
  const length: number = rows.shape.at(-1)
  let products = delayed(rows, 1)
  for (let reach = 1; reach < length; reach *= 2) products = products.multiply(delayed(products, reach))
  return products
}

/** The last axis moved by `steps`, ones coming in. */
function delayed(rows: Tensor, steps: number): Tensor {
  const amounts = rows.shape.map((_: number, axis: number) => (axis === rows.rank - 1 ? steps : 0))
  return rows.pad({ low: amounts, high: amounts.map((amount: number) => 0 - amount), value: 1 })
}
