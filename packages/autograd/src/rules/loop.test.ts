import { type Primitives, scan, type Tensor } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { checkGradients, gradients } from '../index.ts'
import { visitInOrder } from '../order.ts'
import { scattered } from '../test/scattered.ts'

const [start, speed, pushes, damping] = [
  scattered([2]),
  scattered([2], { seed: 2 }),
  scattered([4, 2], { seed: 3 }),
  scattered([2], { seed: 4 }),
]

/** A damped oscillation: where it ends, and every place and speed on the way. */
function oscillation() {
  return scan(
    ([x, v]: readonly [Tensor, Tensor], push: Tensor) => {
      const next: Tensor = v.multiply(damping.tanh()).subtract(x.sin()).add(push)
      return [
        [x.add(next), next],
        [x.multiply(next), next.exp()],
      ] as const
    },
    [start, speed] as readonly [Tensor, Tensor],
    pushes,
  )
}

/** The loops that a graph holds: results of one loop share its body. */
function loopsOf(root: Tensor): number {
  const bodies = new Set<object>()
  visitInOrder(
    [root],
    ({ inputs }) => inputs,
    (node) => {
      if (node.primitive === 'scan') bodies.add((node.attributes as Primitives['scan']).body)
    },
  )
  return bodies.size
}

test('however many results of a loop a loss takes, its gradient is one loop back', async () => {
  const [[x, v], [products, exponentials]] = oscillation()
  const loss = x.square().sum().add(v.sum()).add(products.sum()).add(exponentials.log1p().sum())
  const targets = { start, speed, pushes, damping }
  await checkGradients(loss, targets)
  const first = gradients(loss, targets)
  const sum = Object.values(first).reduce((all: Tensor, one) => all.add(one.square().sum()), loss)
  expect(loopsOf(loss)).toBe(1)
  expect(loopsOf(sum)).toBe(2)
  await checkGradients(sum, targets)
  expect(loopsOf(gradients(sum, start))).toBeLessThanOrEqual(4)
})

test('results whose turn comes late, by way of other loops, are still part of it', async () => {
  const [[x], [products]] = oscillation()
  const [again] = scan((carry: Tensor, element: Tensor) => [carry.multiply(element).tanh(), carry], x, products)
  const loss = again.multiply(x).sum().add(products.square().sum())
  await checkGradients(loss, { start, damping })
  expect(loopsOf(gradients(loss, start).sum())).toBe(4)
})

test('a loop with one result that matters is as it was', async () => {
  const [[x]] = oscillation()
  await checkGradients(x.sum(), { start, speed, pushes, damping })
  expect(loopsOf(gradients(x.sum(), start))).toBe(2)
})
