import { type Tensor, tensor, zeros } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { crossEntropy, negativeLogLikelihood } from '../index.ts'

const logits = tensor([
  [1, -1, 0.5],
  [0, 3, 2],
  [2, 2, -4],
])
const classes = tensor([2, 1, 0], { dtype: 'int32' })

test('after logSoftmax it is the cross entropy, with all options', () => {
  for (const options of [
    {},
    { reduction: 'none' } as const,
    { reduction: 'sum', weight: tensor([1, 2, 5]) } as const,
    { weight: tensor([1, 2, 5]), ignoreIndex: 1 },
  ]) {
    const found: Tensor = negativeLogLikelihood(logits.logSoftmax(1), classes, options)
    const expected: Tensor = crossEntropy(logits, classes, options)
    expect([...found.dataSync()].map((x) => x.toFixed(5))).toEqual([...expected.dataSync()].map((x) => x.toFixed(5)))
  }
})

test('chooses the entry of the class, at every position', () => {
  const logPredictions = tensor([
    [
      [-1, -2],
      [-3, -4],
    ],
  ])
  const loss = negativeLogLikelihood(logPredictions, tensor([[1, 0]], { dtype: 'int32' }), { reduction: 'none' })
  expect(loss.toArraySync()).toEqual([[3, 2]])
})

test('targets that are floats, or of another shape, are errors', () => {
  const plain: Tensor = zeros([3])
  expect(() => negativeLogLikelihood(logits, plain)).toThrow('negativeLogLikelihood: targets are float32')
  const short: Tensor = zeros([2], 'int32') as Tensor
  expect(() => negativeLogLikelihood(logits as Tensor, short)).toThrow(
    'class indices [2] do not fit predictions [3, 3]',
  )
})
