import { gradients } from '@neurite/autograd'
import { key, ones, seed, type Tensor, tensor } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { Dropout, evaluate, loadStateDict, stateDict } from '../index.ts'

const x = ones([1000])
const drawn = (layer: Dropout): number[] => [...layer.forward(x).dataSync()]

describe('while training', () => {
  test('elements are dropped with the probability given, the others scaled so that the mean stays', () => {
    const y = drawn(new Dropout(0.25, { key: key(1) }))
    expect(new Set(y)).toEqual(new Set([0, Math.fround(4 / 3)]))
    const dropped = y.filter((value) => value === 0).length
    // Four standard deviations of the binomial distribution: √(1000 · ¼ · ¾) = 13.7.
    expect(Math.abs(dropped - 250)).toBeLessThan(55)
  })

  test('every call draws anew, and a key reproduces the run', () => {
    const [a, b] = [new Dropout(0.5, { key: key(1) }), new Dropout(0.5, { key: key(1) })]
    const runs = [drawn(a), drawn(a)]
    expect(runs[0]).not.toEqual(runs[1])
    expect([drawn(b), drawn(b)]).toEqual(runs)
  })

  test('without a key the default key is drawn from', () => {
    const run = (): number[][] => {
      seed(3)
      const layer = new Dropout()
      return [drawn(layer), drawn(layer)]
    }
    const [first, second] = run()
    expect(first).not.toEqual(second)
    expect(run()).toEqual([first, second])
  })

  test('a saved key resumes the draws', () => {
    const layer = new Dropout(0.5, { key: key(1) })
    drawn(layer)
    const saved = stateDict(layer)
    const next = drawn(layer)
    const resumed = new Dropout(0.5, { key: key(9) })
    loadStateDict(resumed, saved)
    expect(drawn(resumed)).toEqual(next)
  })

  test('the gradient passes where the value does', () => {
    const source: Tensor = tensor([1, 2, 3, 4, 5, 6, 7, 8])
    const y = new Dropout(0.5, { key: key(2) }).forward(source)
    const [gradient] = gradients(y.sum(), [source])
    const kept = [...y.dataSync()].map((value) => (value === 0 ? 0 : 2))
    expect(kept).toContain(0)
    expect(kept).toContain(2)
    expect([...gradient!.dataSync()]).toEqual(kept)
  })

  test('probability 1 drops everything, probability 0 nothing', () => {
    const source = tensor([1, Number.POSITIVE_INFINITY])
    expect([...new Dropout(1).forward(source).dataSync()]).toEqual([0, 0])
    expect(new Dropout(0).forward(source)).toBe(source)
  })
})

test('in evaluation mode it is the identity', () => {
  const layer = new Dropout(0.9)
  evaluate(layer)
  expect(layer.forward(x)).toBe(x)
})

test('a probability outside [0, 1] is an error', () => {
  expect(() => new Dropout(1.5)).toThrow('Dropout: probability is 1.5; it must lie between 0 and 1.')
  expect(() => new Dropout(Number.NaN)).toThrow('Dropout: probability is NaN')
})
