import { gradients } from '@neurite/autograd'
import { key, normal, type Tensor, tensor, zeros } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ctcLoss } from '../index.ts'

const integers = (list: readonly number[]): Tensor => tensor([...list], { dtype: 'int32' })
const none = { reduction: 'none' } as const

/** What a path of classes reads as: repetitions once, blanks not at all. */
function read(path: readonly number[], blank: number): number[] {
  return path.filter((label, t) => label !== blank && label !== path[t - 1])
}

/** −log of the sum over all paths that read as the labels, by trying every path. */
function byEnumeration(logP: readonly (readonly number[])[], labels: readonly number[], blank: number): number {
  const paths = logP.reduce<number[][]>((all, row) => all.flatMap((path) => row.map((_, c) => [...path, c])), [[]])
  const total = paths
    .filter((path) => String(read(path, blank)) === String(labels))
    .reduce((sum, path) => sum + Math.exp(path.reduce((log, label, t) => log + logP[t]![label]!, 0)), 0)
  return -Math.log(total)
}

test('is −log of the sum over all paths that read as the labels', () => {
  const problem = fc.record({
    length: fc.integer({ min: 0, max: 4 }),
    labels: fc.array(fc.constantFrom(0, 2), { maxLength: 3 }),
    seed: fc.nat(1000),
  })
  fc.assert(
    fc.property(problem, ({ length, labels, seed }) => {
      const [steps, blank] = [4, 1]
      const logP = normal([steps, 1, 3], { key: key(seed) }).logSoftmax(2)
      const rows = (logP.toArraySync() as number[][][]).map(([row]) => row!).slice(0, length)
      const padded = [...labels, 0, 0, 0].slice(0, 3)
      const lengths = { inputs: integers([length]), targets: integers([labels.length]) }
      const loss = ctcLoss(logP, tensor([padded], { dtype: 'int32' }), lengths, { ...none, blank })
      const expected = byEnumeration(rows, labels, blank)
      if (expected === Infinity) expect(loss.dataSync()[0]).toBe(Infinity)
      else expect(loss.dataSync()[0]).toBeCloseTo(expected, 4)
    }),
    { numRuns: 60 },
  )
})

describe('labels that do not fit into the time', () => {
  const scores = zeros([2, 2, 3])
  const targets = tensor(
    [
      [1, 1],
      [1, 2],
    ],
    { dtype: 'int32' },
  )
  const lengths = { inputs: integers([2, 2]), targets: integers([2, 2]) }

  test('cost ∞, or nothing where asked; their gradient is 0', () => {
    const losses = (zeroInfinity: boolean): number[] => [
      ...ctcLoss(scores.logSoftmax(2), targets, lengths, { ...none, zeroInfinity }).dataSync(),
    ]
    expect(losses(false)[0]).toBe(Infinity)
    expect(losses(false)[1]).toBeCloseTo(2 * Math.log(3), 5)
    expect(losses(true)[0]).toBe(0)
    const loss = ctcLoss(scores.logSoftmax(2), targets, lengths, { reduction: 'sum', zeroInfinity: true })
    const [gradient] = gradients(loss, [scores])
    const all = gradient!.toArraySync() as number[][][]
    expect(all.every(([first]) => first!.every((slope) => slope === 0))).toBe(true)
    expect(all[0]![1]!.some((slope) => slope !== 0)).toBe(true)
  })
})

test('the mean divides by the numbers of labels', () => {
  const logP = normal([5, 2, 3], { key: key(2) }).logSoftmax(2)
  const targets = tensor(
    [
      [1, 2],
      [2, 0],
    ],
    { dtype: 'int32' },
  )
  const lengths = { inputs: integers([5, 4]), targets: integers([2, 1]) }
  const [first, second] = ctcLoss(logP, targets, lengths, none).dataSync()
  expect(ctcLoss(logP, targets, lengths).itemSync()).toBeCloseTo((first! / 2 + second!) / 2, 5)
})

test('arguments that do not fit are errors', () => {
  const lengths = { inputs: integers([5]), targets: integers([1]) }
  expect(() => ctcLoss(zeros([5, 2, 3]), zeros([2, 1], 'int32'), lengths)).toThrow(
    'must be [T, N, C], [N, S], [N] and [N]',
  )
  expect(() => ctcLoss(zeros([5, 1, 3]), zeros([1, 1], 'int32'), lengths, { blank: 3 })).toThrow('ctcLoss: blank is 3')
})
