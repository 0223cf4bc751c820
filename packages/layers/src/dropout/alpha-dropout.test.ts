import { key, normal } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { AlphaDropout, evaluate } from '../index.ts'

const x = normal([20000], { key: key(1) })

test.each([[0.1], [0.5], [0.8]])('keeps mean 0 and variance 1, dropping %d', (probability) => {
  const y = [...new AlphaDropout(probability, { key: key(2) }).forward(x).dataSync()]
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length
  const variance = y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length
  expect(Math.abs(mean)).toBeLessThan(0.05)
  expect(Math.abs(variance - 1)).toBeLessThan(0.1)
  // What is dropped is one value, the commonest of all.
  const counts = new Map<number, number>()
  for (const value of y) counts.set(value, (counts.get(value) ?? 0) + 1)
  const dropped = Math.max(...counts.values())
  expect(Math.abs(dropped / y.length - probability)).toBeLessThan(0.02)
})

test('is the identity in evaluation mode', () => {
  const layer = new AlphaDropout()
  evaluate(layer)
  expect(layer.forward(x)).toBe(x)
})
