// What the compiler knows about the shapes that losses take and give. `@ts-expect-error` fails where no error is found.

import { type Tensor, tensor, zeros } from '@neurite/tensor'
import { expectTypeOf, test } from 'vitest'
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  cosineEmbeddingLoss,
  crossEntropy,
  gaussianNegativeLogLikelihood,
  huberLoss,
  klDivergence,
  marginRankingLoss,
  meanSquaredError,
  multiLabelSoftMarginLoss,
  multiMarginLoss,
  negativeLogLikelihood,
  tripletMarginLoss,
} from './index.ts'

declare const size: number
declare const plain: Tensor
declare const classes: Tensor<[64], 'int32'>
const scores = zeros([64, 10])
const none = { reduction: 'none' } as const

test('a loss is a scalar, or has the shape of its elements', () => {
  expectTypeOf(meanSquaredError(scores, scores)).toExtend<Tensor<[]>>()
  expectTypeOf(meanSquaredError(scores, scores, none).shape).toEqualTypeOf<[64, 10]>()
  expectTypeOf(binaryCrossEntropy(scores, scores, { reduction: 'sum' }).shape).toEqualTypeOf<[]>()
  expectTypeOf(crossEntropy(scores, classes).shape).toEqualTypeOf<[]>()
  expectTypeOf(crossEntropy(scores, classes, none).shape).toEqualTypeOf<[64]>()
})

test('shapes that differ do not compile, and the message names both', () => {
  // @ts-expect-error meanSquaredError: predictions [64, 10] and targets [64] differ in shape
  meanSquaredError(scores, zeros([64]))
  // @ts-expect-error binaryCrossEntropy: predictions [64, 10] and targets [10, 64] differ in shape
  binaryCrossEntropy(scores, zeros([10, 64]))
  // @ts-expect-error binaryCrossEntropyWithLogits: predictions [64, 10] and targets [64, 1] differ in shape
  binaryCrossEntropyWithLogits(scores, zeros([64, 1]))
})

test('class indices lack the class axis, probabilities have it', () => {
  expectTypeOf(crossEntropy(scores, zeros([64, 10]))).toExtend<Tensor<[]>>()
  expectTypeOf(crossEntropy(zeros([2, 10, 5, 5]), zeros([2, 5, 5], 'int32'), none).shape).toEqualTypeOf<[2, 5, 5]>()
  // @ts-expect-error crossEntropy: int32 targets [32] do not fit logits [64, 10]
  crossEntropy(scores, zeros([32], 'int32'))
  // @ts-expect-error crossEntropy: float32 targets [64] do not fit logits [64, 10]
  crossEntropy(scores, zeros([64]))
})

test('losses of rows have the shape without the last axis', () => {
  expectTypeOf(multiMarginLoss(scores, classes, none).shape).toEqualTypeOf<[64]>()
  expectTypeOf(multiLabelSoftMarginLoss(zeros([2, 5, 10]), zeros([2, 5, 10]), none).shape).toEqualTypeOf<[2, 5]>()
  expectTypeOf(tripletMarginLoss(scores, scores, scores, none).shape).toEqualTypeOf<[64]>()
  expectTypeOf(cosineEmbeddingLoss(scores, scores, zeros([64]), none).shape).toEqualTypeOf<[64]>()
  expectTypeOf(negativeLogLikelihood(scores, classes, none).shape).toEqualTypeOf<[64]>()
  expectTypeOf(klDivergence(scores, scores, none).shape).toEqualTypeOf<[64, 10]>()
  expectTypeOf(klDivergence(scores, scores, { reduction: 'batchMean' }).shape).toEqualTypeOf<[]>()
})

test('operands are named as the loss calls them', () => {
  // @ts-expect-error huberLoss: predictions [64, 10] and targets [64] differ in shape
  huberLoss(scores, zeros([64]))
  // @ts-expect-error marginRankingLoss: first [64, 10] and second [10] differ in shape
  marginRankingLoss(scores, zeros([10]), scores)
  // @ts-expect-error tripletMarginLoss: anchor [64, 10] and positive [64, 9] differ in shape
  tripletMarginLoss(scores, zeros([64, 9]), scores)
  // @ts-expect-error gaussianNegativeLogLikelihood: means [64, 10] and targets [64] differ in shape
  gaussianNegativeLogLikelihood(scores, zeros([64]), scores)
  // @ts-expect-error negativeLogLikelihood: class indices [32] do not fit predictions [64, 10]
  negativeLogLikelihood(scores, zeros([32], 'int32'))
})

test('sizes that are not known are checked when the program runs', () => {
  expectTypeOf(meanSquaredError(zeros([size, 10]), scores)).toExtend<Tensor<[]>>()
  expectTypeOf(crossEntropy(zeros([size, 10]), classes)).toExtend<Tensor<[]>>()
  expectTypeOf(crossEntropy(plain, plain)).toExtend<Tensor<[]>>()
  expectTypeOf(crossEntropy(scores, tensor([1, 2], { dtype: 'int32', shape: [size] }))).toExtend<Tensor<[]>>()
})
