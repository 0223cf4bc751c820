import { gradients } from '@neurite/autograd'
import { type Tensor, tensor, zeros } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossEntropy } from '../index.ts'

const indices = (list: readonly number[]): Tensor => tensor([...list], { dtype: 'int32' })
const values = (x: Tensor): number[] => [...x.dataSync()]
const none = { reduction: 'none' } as const

/** log softmax by plain arithmetic in float64. */
function logSoftmax(row: readonly number[]): number[] {
  const largest = Math.max(...row)
  const logSum = Math.log(row.reduce((sum, x) => sum + Math.exp(x - largest), 0))
  return row.map((x) => x - largest - logSum)
}

const logit = fc.double({ min: -200, max: 200, noNaN: true }).map(Math.fround)
const problem = fc.integer({ min: 2, max: 5 }).chain((classes) =>
  fc.array(fc.tuple(fc.array(logit, { minLength: classes, maxLength: classes }), fc.nat(classes - 1)), {
    minLength: 1,
    maxLength: 4,
  }),
)

test('is −log softmax at the target, and its gradient softmax − one-hot, also for large logits', () => {
  fc.assert(
    fc.property(problem, (rows) => {
      const logits = tensor(rows.map(([row]) => row))
      const loss = crossEntropy(logits, indices(rows.map(([, target]) => target)), none)
      const [gradient] = gradients(loss.sum(), [logits])
      const slopes = gradient!.toArraySync() as number[][]
      rows.forEach(([row, target], n) => {
        const expected = logSoftmax(row)
        expect(Math.abs(loss.dataSync()[n]! + expected[target]!)).toBeLessThan(1e-6 - 1e-5 * expected[target]!)
        expected.forEach((log, c) => {
          expect(slopes[n]![c]).toBeCloseTo(Math.exp(log) - (c === target ? 1 : 0), 5)
        })
      })
    }),
    { numRuns: 40 },
  )
})

describe('reductions', () => {
  const logits = tensor([
    [0, Math.log(3)],
    [0, 0],
  ])
  const targets = indices([1, 0])

  test('mean by default, sum and none', () => {
    const losses = [Math.log(4 / 3), Math.log(2)]
    expect(crossEntropy(logits, targets).itemSync()).toBeCloseTo((losses[0]! + losses[1]!) / 2, 6)
    expect(crossEntropy(logits, targets, { reduction: 'sum' }).itemSync()).toBeCloseTo(losses[0]! + losses[1]!, 6)
    values(crossEntropy(logits, targets, none)).forEach((loss, n) => {
      expect(loss).toBeCloseTo(losses[n]!, 6)
    })
  })

  test('the mean is weighted by the classes of the targets', () => {
    const mean = crossEntropy(logits, targets, { weight: tensor([1, 3]) }).itemSync()
    expect(mean).toBeCloseTo((3 * Math.log(4 / 3) + Math.log(2)) / 4, 6)
  })
})

describe('targets', () => {
  test('of the ignored index do not count, in the mean neither', () => {
    const logits = tensor([
      [1, 2],
      [0, 0],
      [3, 1],
    ])
    expect(values(crossEntropy(logits, indices([-100, 0, -100]), none))).toEqual([0, Math.fround(Math.log(2)), 0])
    expect(crossEntropy(logits, indices([1, 0, 1]), { ignoreIndex: 1 }).itemSync()).toBeCloseTo(Math.log(2), 6)
    const [gradient] = gradients(crossEntropy(logits, indices([-100, 0, -100])), [logits])
    expect(gradient!.toArraySync()).toEqual([
      [0, 0],
      [-0.5, 0.5],
      [0, 0],
    ])
  })

  test.each([[-1], [3], [100], [-101]])('outside the classes are an error: %i', (target) => {
    const loss = crossEntropy(zeros([2, 3]), indices([0, target]), { reduction: 'sum' })
    expect(() => loss.itemSync()).toThrow(String(target))
  })

  test('may be probabilities, of which the loss is the expectation', () => {
    const logits = tensor([[1, -1, 0.5]])
    const single = [0, 1, 2].map((target) => crossEntropy(logits, indices([target])).itemSync())
    const loss = crossEntropy(logits, tensor([[0.5, 0.2, 0.3]])).itemSync()
    expect(loss).toBeCloseTo(0.5 * single[0]! + 0.2 * single[1]! + 0.3 * single[2]!, 5)
  })

  test('smoothed are a mixture with the even distribution', () => {
    const logits = tensor([[1, -1, 0.5, 2]])
    const smoothed = crossEntropy(logits, indices([1]), { labelSmoothing: 0.2 }).itemSync()
    expect(smoothed).toBeCloseTo(crossEntropy(logits, tensor([[0.05, 0.85, 0.05, 0.05]])).itemSync(), 5)
  })

  test('of a class that the logits rule out elsewhere keep a finite loss', () => {
    expect(crossEntropy(tensor([[Number.NEGATIVE_INFINITY, 0]]), indices([1])).itemSync()).toBe(0)
  })
})

describe('shapes', () => {
  test('one classification per position: [N, C, ...] with targets [N, ...]', () => {
    const logits = tensor([
      [
        [0, 1],
        [2, 0],
      ],
      [
        [5, 0],
        [0, 0],
      ],
    ])
    const losses = crossEntropy(
      logits,
      tensor(
        [
          [0, 1],
          [1, 0],
        ],
        { dtype: 'int32' },
      ),
      none,
    )
    expect(losses.shape).toEqual([2, 2])
    const expected = [logSoftmax([0, 2])[0]!, logSoftmax([1, 0])[1]!, logSoftmax([5, 0])[1]!, logSoftmax([0, 0])[0]!]
    values(losses).forEach((loss, n) => {
      expect(loss).toBeCloseTo(-expected[n]!, 5)
    })
  })

  test('a single classification: [C] with a scalar target', () => {
    expect(crossEntropy(tensor([0, 0, 0]), tensor(2, { dtype: 'int32' })).itemSync()).toBeCloseTo(Math.log(3), 6)
  })

  test('that do not fit are errors that name them', () => {
    const logits: Tensor = zeros([4, 3])
    expect(() => crossEntropy(logits, indices([0, 1, 2]))).toThrow(
      'crossEntropy: int32 targets [3] do not fit logits [4, 3]: class indices have shape [4].',
    )
    expect(() => crossEntropy(logits, zeros([4]) as Tensor)).toThrow('Cast class indices to int32?')
    expect(() => crossEntropy(logits, indices([0, 1, 2, 0]), { weight: zeros([4]) })).toThrow(
      'crossEntropy: weight [4] is not [3]',
    )
    expect(() => crossEntropy(logits, indices([0, 0, 0, 0]), { labelSmoothing: 2 })).toThrow('labelSmoothing is 2')
  })
})
