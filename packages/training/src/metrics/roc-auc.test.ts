import '@neurite/backend-cpu/install'
import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inBatches, measure } from '../test/measure.ts'
import { rocAuc } from './index.ts'

const pair = (scores: readonly number[], targets: readonly number[]): readonly [Tensor, Tensor] => [
  tensor(scores),
  tensor(targets, { dtype: 'int32' }),
]

test('scikit-learn’s example', async () => {
  expect(await measure(rocAuc(), [pair([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])])).toBe(0.75)
})

test('is the probability that a positive example is ahead of a negative one, ties counting half', async () => {
  const example = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.nat(1))
  await fc.assert(
    fc.asyncProperty(
      fc.array(example, { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 1, max: 9 }),
      async (examples, size) => {
        const positive = examples.filter(([, target]) => target === 1)
        const negative = examples.filter(([, target]) => target === 0)
        const ahead = positive.flatMap(([p]) => negative.map(([n]) => (p > n ? 1 : p === n ? 0.5 : 0)))
        const expected = ahead.reduce((sum: number, x) => sum + x, 0) / ahead.length
        const cut = inBatches(examples, [size]).map((part) =>
          pair(
            part.map(([score]) => score),
            part.map(([, target]) => target),
          ),
        )
        const found = await measure(rocAuc(), cut)
        if (Number.isNaN(expected)) expect(found).toBeNaN()
        else expect(found).toBeCloseTo(expected, 14)
      },
    ),
    { numRuns: 25 },
  )
})

test('of several classes is the mean of each against the rest', async () => {
  const logits = tensor([
    [2, 1, 0],
    [0, 3, 1],
    [1, 0, 1],
    [0, 1, 2],
  ])
  // Softmax by rows, compared class by class: every class's one or two examples against the others.
  const p = (await logits.softmax(1).toArray()) as number[][]
  const targets = [0, 1, 2, 2]
  const areas = [0, 1, 2].map((c) => {
    const [own, rest] = [true, false].map((is) => p.filter((_, i) => (targets[i] === c) === is).map((row) => row[c]!))
    const wins = own!.flatMap((a) => rest!.map((b) => Number(a > b) + Number(a === b) / 2))
    return wins.reduce((sum, x) => sum + x, 0) / wins.length
  })
  const found = await measure(rocAuc({ classes: 3 }), [[logits, tensor(targets, { dtype: 'int32' })]])
  expect(found).toBeCloseTo(areas.reduce((sum, x) => sum + x, 0) / 3, 14)
})

test('a score that is NaN leaves nothing to say', async () => {
  expect(await measure(rocAuc(), [pair([0.1, Number.NaN], [0, 1])])).toBeNaN()
})

test('what does not fit is an error', async () => {
  expect(() => rocAuc({ classes: 1 })).toThrow('classes is 1')
  await expect(measure(rocAuc(), [pair([0.1, 0.2], [0])])).rejects.toThrow('differ in shape')
})
