import '@neurite/backend-cpu/install'
import { type Tensor, tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inBatches, measure } from '../test/measure.ts'
import { accuracy, confusionMatrix, fScore, precision, recall, topKAccuracy } from './index.ts'

/** Scores whose largest says `predicted`. */
const scoresFor = (predicted: readonly number[], classes: number): Tensor =>
  tensor(predicted, { dtype: 'int32' }).oneHot(classes)
const labels = (of: readonly number[]): Tensor => tensor(of, { shape: [of.length], dtype: 'int32' })

// scikit-learn's example of precision_recall_fscore_support, as numbers: actual 0 1 2 0 1 2, predicted 0 2 1 0 0 1.
const actual = [0, 1, 2, 0, 1, 2]
const predicted = [0, 2, 1, 0, 0, 1]
const batches = [[scoresFor(predicted.slice(0, 4), 3), labels(actual.slice(0, 4))] as const].concat([
  [scoresFor(predicted.slice(4), 3), labels(actual.slice(4))] as const,
])

describe('by hand', () => {
  test('a third of the answers is right', async () => {
    expect(await measure(accuracy(), batches)).toBe(2 / 6)
    expect(await measure(confusionMatrix({ classes: 3 }), batches)).toEqual([
      [2, 0, 0],
      [1, 0, 1],
      [0, 2, 0],
    ])
  })

  test.each([
    ['macro', 2 / 9, 1 / 3, 4 / 5 / 3],
    ['micro', 1 / 3, 1 / 3, 1 / 3],
    ['weighted', 2 / 9, 1 / 3, 4 / 5 / 3],
  ] as const)('%s averages', async (average, ofPrecision, ofRecall, ofF) => {
    const options = { classes: 3, average }
    expect(await measure(precision(options), batches)).toBeCloseTo(ofPrecision, 15)
    expect(await measure(recall(options), batches)).toBeCloseTo(ofRecall, 15)
    expect(await measure(fScore(options), batches)).toBeCloseTo(ofF, 15)
  })

  test('one class at a time', async () => {
    expect(await measure(precision({ classes: 3, average: 'none' }), batches)).toEqual([2 / 3, 0, 0])
    expect(await measure(recall({ classes: 3, average: 'none' }), batches)).toEqual([1, 0, 0])
    expect(await measure(recall({ classes: 3, average: 'binary', positive: 0 }), batches)).toBe(1)
  })

  test('a threshold makes every element a decision', async () => {
    const batch = [tensor([[0.9], [0.4], [0.6], [0.1], [0.5]]), tensor([[1], [1], [0], [0], [1]])] as const
    const options = { threshold: 0.5 }
    expect(await measure(accuracy(options), [batch])).toBe(2 / 5)
    expect(await measure(precision(options), [batch])).toBe(1 / 2)
    expect(await measure(recall(options), [batch])).toBe(1 / 3)
    // (1 + 4) · ½ · ⅓ / (4 · ½ + ⅓)
    expect(await measure(fScore({ ...options, beta: 2 }), [batch])).toBeCloseTo(5 / 14, 15)
  })

  test('ignored targets do not count, and classes that occur nowhere are no part of a macro average', async () => {
    const batch = [scoresFor([0, 1, 1, 3], 4), labels([0, 1, -100, 3])] as const
    expect(await measure(accuracy(), [batch])).toBe(1)
    expect(await measure(precision({ classes: 4 }), [batch])).toBe(1)
    expect(await measure(topKAccuracy(1), [batch])).toBe(1)
  })

  test('classes may lie before positions, and targets be probabilities', async () => {
    const scores = tensor([
      [
        [0.1, 0.8],
        [0.9, 0.2],
      ],
    ])
    expect(await measure(accuracy(), [[scores, tensor([[1, 1]], { dtype: 'int32' })]])).toBe(1 / 2)
    expect(await measure(accuracy(), [[scores, scores.multiply(0.5)]])).toBe(1)
  })

  test('among the k best', async () => {
    const scores = tensor([
      [0.1, 0.5, 0.4],
      [0.3, 0.3, 0.3],
      [Number.NaN, 1, 0],
    ])
    const targets = labels([2, 1, 1])
    expect(await measure(topKAccuracy(1), [[scores, targets]])).toBe(0)
    expect(await measure(topKAccuracy(2), [[scores, targets]])).toBe(2 / 3)
    expect(await measure(topKAccuracy(3), [[scores, targets]])).toBe(2 / 3)
  })
})

describe('over random answers', () => {
  const answers = fc.array(fc.record({ actual: fc.nat(3), predicted: fc.nat(3) }), { minLength: 1, maxLength: 30 })
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 })

  test('figures are what their definitions say, however the examples are cut into batches', async () => {
    await fc.assert(
      fc.asyncProperty(answers, sizes, async (pairs, parts) => {
        const cut = inBatches(pairs, parts).map(
          (part) =>
            [
              scoresFor(
                part.map((pair) => pair.predicted),
                4,
              ),
              labels(part.map((pair) => pair.actual)),
            ] as const,
        )
        const count = (holds: (pair: { actual: number; predicted: number }) => boolean) => pairs.filter(holds).length
        const classes = [0, 1, 2, 3]
        const right = classes.map((c) => count((p) => p.actual === c && p.predicted === c))
        const said = classes.map((c) => count((p) => p.predicted === c))
        const are = classes.map((c) => count((p) => p.actual === c))
        const ratio = (part: readonly number[], whole: readonly number[]) =>
          classes.map((c) => (whole[c] === 0 ? 0 : part[c]! / whole[c]!))
        expect(await measure(accuracy(), cut)).toBe(count((p) => p.actual === p.predicted) / pairs.length)
        expect(await measure(precision({ classes: 4, average: 'none' }), cut)).toEqual(ratio(right, said))
        expect(await measure(recall({ classes: 4, average: 'none' }), cut)).toEqual(ratio(right, are))
        expect(await measure(confusionMatrix({ classes: 4 }), cut)).toEqual(
          classes.map((t) => classes.map((p) => count((pair) => pair.actual === t && pair.predicted === p))),
        )
      }),
      { numRuns: 12 },
    )
  })

  test('k best are those that fewer than k others are ahead of', async () => {
    const row = fc.tuple(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 5, maxLength: 5 }), fc.nat(4))
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 5 }),
        async (rows, k) => {
          const isRight = ([scores, target]: [number[], number]): boolean => {
            const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)
            return order.slice(0, k).includes(target)
          }
          const batch = [tensor(rows.map(([scores]) => scores)), labels(rows.map(([, target]) => target))] as const
          expect(await measure(topKAccuracy(k), [batch])).toBe(rows.filter(isRight).length / 3)
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('what does not fit is an error', () => {
  const scores = scoresFor([0, 1], 3)
  test.each([
    [accuracy(), scores, labels([0]), 'int32 targets [1] do not fit outputs [2, 3]: class indices have shape [2]'],
    [accuracy({ threshold: 0 }), scores, labels([0, 1]), 'outputs [2, 3] and targets [2] differ in shape'],
    [confusionMatrix({ classes: 4 }), scores, labels([0, 1]), 'have scores for 3 classes, not for 4'],
    [topKAccuracy(2), scores, labels([0]), 'topKAccuracy: int32 targets [1] do not fit'],
  ])('%#', async (metric, output, target, message) => {
    await expect(measure(metric as never, [[output, target]])).rejects.toThrow(message)
  })

  test('a class that is none', async () => {
    await expect(measure(accuracy(), [[scores, labels([0, 3])]])).rejects.toThrow()
    await expect(measure(confusionMatrix({ classes: 3 }), [[scores, labels([0, -1])]])).rejects.toThrow()
  })

  test('options', () => {
    expect(() => topKAccuracy(0)).toThrow('topKAccuracy: k is 0')
    expect(() => confusionMatrix({ classes: 0 })).toThrow('classes is 0')
    expect(() => precision({ classes: 3, average: 'binary', positive: 3 })).toThrow('positive is 3')
    expect(() => fScore({ classes: 3, beta: 0 })).toThrow('beta is 0')
  })
})
