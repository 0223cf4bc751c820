// Gradients where a function has none: what is taken in its place, as PyTorch does.

import { type Tensor, where } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { gradients } from '../index.ts'
import { float64 } from '../test/scattered.ts'

function numbers(gradient: Tensor): number[] {
  return [...gradient.dataSync()]
}

describe('ties', () => {
  it('share the gradient, or the first takes it', () => {
    const x = float64([2, 5, 5, 5, 1])
    const third = 1 / 3
    expect(numbers(gradients(x.max(), x))).toEqual([0, third, third, third, 0])
    expect(numbers(gradients(x.max(0, { ties: 'first' }), x))).toEqual([0, 1, 0, 0, 0])
    const y = x.negate()
    expect(numbers(gradients(y.min(), y))).toEqual([0, third, third, third, 0])
    expect(numbers(gradients(y.min(0, { ties: 'first' }), y))).toEqual([0, 1, 0, 0, 0])
  })

  it('of several axes are counted row-major', () => {
    const x = float64([1, 3, 3, 0, 3, 2, 2, 2], [2, 2, 2])
    const found = gradients(
      x
        .max([0, 2], { ties: 'first' })
        .multiply(float64([10, 20]))
        .sum(),
      x,
    )
    expect(numbers(found)).toEqual([0, 10, 20, 0, 0, 0, 0, 0])
  })

  it('of maximum and minimum halve it, and where x = 0 relu and absolute have none', () => {
    const [a, b] = [float64([1, 2, 3]), float64([2, 2, 2])]
    expect(gradients(a.maximum(b).sum(), [a, b]).map(numbers)).toEqual([
      [0, 0.5, 1],
      [1, 0.5, 0],
    ])
    expect(gradients(a.minimum(b).sum(), [a, b]).map(numbers)).toEqual([
      [1, 0.5, 0],
      [0, 0.5, 1],
    ])
    const zero = float64([0])
    expect(numbers(gradients(zero.relu().sum(), zero))).toEqual([0])
    expect(numbers(gradients(zero.absolute().sum(), zero))).toEqual([0])
  })
})

describe('power', () => {
  it('of a negative base has no derivative by the exponent', () => {
    const [base, exponent] = [float64([-2]), float64([3])]
    const [byBase, byExponent] = gradients(base.power(exponent).sum(), [base, exponent])
    expect(numbers(byBase)).toEqual([12])
    expect(numbers(byExponent)).toEqual([Number.NaN])
  })

  it('of zero', () => {
    const [base, exponent] = [float64([0, 0, 0, 0]), float64([0, 1, 2, 0.5])]
    const [byBase, byExponent] = gradients(base.power(exponent).sum(), [base, exponent])
    expect(numbers(byBase)).toEqual([0, 1, 0, Infinity])
    expect(numbers(byExponent)).toEqual([0, 0, 0, 0])
  })
})

describe('where', () => {
  it('keeps what it does not choose out of the gradient', () => {
    const x = float64([0, 4])
    // √0 has an infinite derivative, which 0 · ∞ would make NaN of.
    const safe = where(x.greater(0), x, 1)
    expect(numbers(gradients(where(x.greater(0), safe.sqrt(), 0).sum(), x))).toEqual([0, 0.25])
  })
})
