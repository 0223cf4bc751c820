import { isFloating, type Tensor } from '@neurite/tensor'
import { expect } from 'vitest'
import { checkGradients, gradients } from '../index.ts'
import { scattered } from './scattered.ts'

export interface CheckDerivativesOptions {
  /** How many derivatives are checked, default 2: one where the first jumps. */
  readonly order?: 1 | 2
}

/**
 * Checks the first derivative of y by the inputs against finite differences, and the second against those of the first.
 *
 * The second is taken of Σ v · x̄ for fixed v, by the inputs and by the cotangent of y, in which x̄ is linear.
 */
export async function checkDerivatives(
  y: Tensor,
  inputs: readonly Tensor[],
  { order = 2 }: CheckDerivativesOptions = {},
): Promise<void> {
  const output: Tensor = isFloating(y.dtype) ? y : y.cast('float64')
  const cotangent = scattered(output.shape, { seed: 17 })
  const loss: Tensor = output.multiply(cotangent).sum()
  const report = await checkGradients(loss, inputs)
  expect(report.count).toBe(inputs.reduce((count, { size }) => count + size, 0))

  const first = gradients(loss, inputs) as readonly Tensor[]
  expect(first.map(({ shape }) => shape)).toEqual(inputs.map(({ shape }) => shape))
  expect(first.map(({ dtype }) => dtype)).toEqual(inputs.map(({ dtype }) => dtype))
  for (const gradient of first) expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true)
  if (order === 1 || inputs.length === 0) return
  const projected = first
    .map((gradient, i) => gradient.multiply(scattered(gradient.shape, { seed: 23 + i })).sum())
    .reduce((sum, term) => sum.add(term))
  await checkGradients(projected, [...inputs, cotangent])
}
