// What the compiler accepts, rejects and concludes about tensors. `@ts-expect-error` fails where no error is found.

import { eye, zeros } from './create.ts'
import { tensor } from './from-data.ts'
import { concatenate, stack } from './functions/concatenate.ts'
import { conv2d } from './functions/convolution.ts'
import { maxout } from './functions/maxout.ts'
import { averagePool2d } from './functions/pooling/average-pooling.ts'
import { maxPool2d } from './functions/pooling/max-pooling.ts'
import { relu } from './functions/relu.ts'
import { softmax } from './functions/softmax.ts'
import { split } from './functions/split.ts'
import { where } from './functions/where.ts'
import { uniform } from './random/uniform.ts'
import type { Tensor } from './tensor.ts'
import type { Equal, Expect } from './test/equal-types.ts'
import { Variable } from './variable.ts'

declare const images: Tensor<[64, 784], 'float32'>
declare const weight: Tensor<[784, 10], 'float32'>
declare const bias: Tensor<[10], 'float32'>
declare const labels: Tensor<[64], 'int32'>
declare const plain: Tensor
declare const batch: Tensor<[number, 784], 'float32'>
declare const count: number

// --- assignability ---
export const anyShape: Tensor = images
export const unknownBatch: Tensor<[number, 784]> = images
export const gradual: Tensor<[64, 784]> = plain
export const listOfTensors: Tensor[] = [images, labels, batch]
// @ts-expect-error 784 is not 100
export const otherSize: Tensor<[64, 100]> = images
// @ts-expect-error an unknown size may be another than 64
export const narrowed: Tensor<[64, 784]> = batch
// @ts-expect-error float32 is not int32
export const otherDType: Tensor<[64, 784], 'int32'> = images
// @ts-expect-error two axes are not one
export const otherRank: Tensor<[number]> = images

// --- methods ---
const scores = images.matmul(weight).add(bias)
const halves = labels.divide(2)
const sums = images.sum(0)
const kept = images.mean([0, -1], { keepAxes: true })
const transposed = images.transpose()
const flat = images.reshape([-1])
const column = images.unsqueeze(1).squeeze()
const chosen = weight.take(labels.less(5).cast('int32'), 0)
const hot = labels.oneHot(10)
const positions = images.argMax(1)
const partial = images.slice({ starts: [3] })
const row = images.select(0, 3)
const part = images.narrow(1, 0, 28)
const padded = images.pad({ low: [0, 1], high: [0, 1] })
export type Methods = [
  Expect<Equal<typeof scores, Tensor<[64, 10], 'float32'>>>,
  Expect<Equal<typeof halves, Tensor<[64], 'float32'>>>,
  Expect<Equal<typeof sums, Tensor<[784], 'float32'>>>,
  Expect<Equal<typeof kept, Tensor<[1, 1], 'float32'>>>,
  Expect<Equal<typeof transposed, Tensor<[784, 64], 'float32'>>>,
  Expect<Equal<typeof flat, Tensor<[50176], 'float32'>>>,
  Expect<Equal<typeof column, Tensor<[64, 784], 'float32'>>>,
  Expect<Equal<typeof chosen, Tensor<[64, 10], 'float32'>>>,
  Expect<Equal<typeof hot, Tensor<[64, 10], 'float32'>>>,
  Expect<Equal<typeof positions, Tensor<[64], 'int32'>>>,
  Expect<Equal<typeof partial, Tensor<[number, 784], 'float32'>>>,
  Expect<Equal<typeof row, Tensor<[784], 'float32'>>>,
  Expect<Equal<typeof part, Tensor<[64, 28], 'float32'>>>,
  Expect<Equal<typeof padded, Tensor<[64, 786], 'float32'>>>,
]
// @ts-expect-error matmul: inner sizes differ: [64, 784] × [10] (784 ≠ 10)
images.matmul(bias)
// @ts-expect-error cannot broadcast 784 with 10
images.add(bias)
// @ts-expect-error axis 2 is out of range for 2 axes
images.sum(2)
// @ts-expect-error reshape: 50176 elements of [64, 784] do not fill [64, 700]
images.reshape([64, 700])
// @ts-expect-error permute: order [1] names 1 axes, [64, 784] has 2
images.permute([1])
// @ts-expect-error squeeze: axis 0 of [64, 784] has size 64, not 1
images.squeeze(0)
// @ts-expect-error axis 3 is out of range for 2 axes
images.softmax(3)
// @ts-expect-error dot: sizes differ: [64] · [10]
labels.dot(bias)

// --- dtypes ---
const sumOfInts = labels.sum()
const flags = labels.greater(3)
const counted = flags.sum()
const mixed = labels.add(bias.sum())
const plusWhole = labels.add(1)
const plusFraction = labels.add(0.5)
const plusUnknown = labels.add(count)
const logarithm = labels.log()
const doubles = images.add(zeros([784], 'float64'))
export type DTypes = [
  Expect<Equal<typeof sumOfInts, Tensor<[], 'int32'>>>,
  Expect<Equal<typeof flags, Tensor<[64], 'bool'>>>,
  Expect<Equal<typeof counted, Tensor<[], 'int32'>>>,
  Expect<Equal<typeof mixed, Tensor<[64], 'float32'>>>,
  Expect<Equal<typeof plusWhole, Tensor<[64], 'int32'>>>,
  Expect<Equal<typeof plusFraction, Tensor<[64], 'float32'>>>,
  Expect<Equal<typeof plusUnknown, Tensor<[64], 'int32' | 'float32'>>>,
  Expect<Equal<typeof logarithm, Tensor<[64], 'float32'>>>,
  Expect<Equal<typeof doubles, Tensor<[64, 784], 'float64'>>>,
]

// --- creation ---
const literal = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
declare const someShape: readonly number[]
// A shape that is not known is not that of the nesting.
export const unknownShape: Tensor<[2, 2]> = tensor([1, 2, 3, 4], { shape: someShape })
const booleans = tensor([true, false])
const fromBytes = tensor(new Uint8Array(6), { shape: [2, 3] })
const asInts = tensor([1, 2], { dtype: 'int32' })
const identity = eye(3)
const noise = uniform([2, 3])
// @ts-expect-error without a dtype zeros are float32, whatever the variable's type wishes
export const ints: Tensor<[2], 'int32'> = zeros([2])
export type Creation = [
  Expect<Equal<typeof literal, Tensor<[2, 3], 'float32'>>>,
  Expect<Equal<typeof booleans, Tensor<[2], 'bool'>>>,
  Expect<Equal<typeof fromBytes, Tensor<[2, 3], 'uint8'>>>,
  Expect<Equal<typeof asInts, Tensor<[2], 'int32'>>>,
  Expect<Equal<typeof identity, Tensor<[3, 3], 'float32'>>>,
  Expect<Equal<typeof noise, Tensor<[2, 3], 'float32'>>>,
]

// --- functions ---
const joined = concatenate([images, zeros([36, 784])], 0)
const stacked = stack([labels, labels], 1)
const [left, right] = split(images, [700, 84], 1)
const picked = where(labels.equal(1).unsqueeze(1), scores, 0)
const convolved = conv2d(zeros([8, 3, 32, 32]), zeros([16, 3, 3, 3]), { stride: 2, padding: 1 })
const pooled = maxPool2d(convolved, { kernelSize: 2 })
const averaged = averagePool2d(convolved, { kernelSize: 3, stride: 1 })
const largest = maxout(images, { pieces: 4, axis: 1 })
const active = relu(scores)
export type Functions = [
  Expect<Equal<typeof joined, Tensor<[100, 784], 'float32'>>>,
  Expect<Equal<typeof stacked, Tensor<[64, 2], 'int32'>>>,
  Expect<Equal<typeof left, Tensor<[64, 700], 'float32'>>>,
  Expect<Equal<typeof right, Tensor<[64, 84], 'float32'>>>,
  Expect<Equal<typeof picked, Tensor<[64, 10], 'float32'>>>,
  Expect<Equal<typeof convolved, Tensor<[8, 16, 16, 16], 'float32'>>>,
  Expect<Equal<typeof pooled, Tensor<[8, 16, 8, 8], 'float32'>>>,
  Expect<Equal<typeof averaged, Tensor<[8, 16, 14, 14], 'float32'>>>,
  Expect<Equal<typeof largest, Tensor<[64, 196], 'float32'>>>,
  Expect<Equal<typeof active, Tensor<[64, 10], 'float32'>>>,
]
// @ts-expect-error concatenate: [64, 784] and [784, 10] differ besides axis 0
concatenate([images, weight], 0)
// @ts-expect-error stack: shapes differ: [64] and [10]
stack([labels, bias], 0)
// @ts-expect-error conv2d: input channels differ: [8, 3, 32, 32] with weight [16, 1, 3, 3] (3 ≠ 1)
conv2d(zeros([8, 3, 32, 32]), zeros([16, 1, 3, 3]))
// @ts-expect-error maxPool2d: a kernel of [40, 40] is larger than the input [32, 32] with its padding
maxPool2d(zeros([8, 3, 32, 32]), { kernelSize: 40 })
// @ts-expect-error maxout: 5 pieces do not divide axis 1 of [64, 784]
maxout(images, { pieces: 5, axis: 1 })
// @ts-expect-error axis 2 is out of range for 2 axes
softmax(images, 2)
// @ts-expect-error cannot broadcast 64 with 10
where(labels.equal(1), bias, 0)

// --- unknown sizes and shapes ---
const batchScores = batch.matmul(weight).add(bias)
const plainScores = plain.matmul(weight).add(bias)
export type Unknown = [
  Expect<Equal<typeof batchScores, Tensor<[number, 10], 'float32'>>>,
  Expect<Equal<typeof plainScores, Tensor>>,
]
// Where the shape is a type parameter, what the compiler cannot check it lets pass.
export function generic<S extends readonly number[]>(x: Tensor<S, 'float32'>, y: Tensor, list: number[]): Tensor[] {
  return [
    x.add(y),
    x.matmul(y),
    x.sum(count),
    x.sum(),
    x.unsqueeze(count),
    x.reshape(list),
    x.permute(list),
    x.squeeze(),
  ]
}
export function elementwise<S extends readonly number[]>(x: Tensor<S, 'float32'>): Tensor<S, 'float32'> {
  return x.multiply(2).exp().relu().softmax(count)
}

// --- reading and variables ---
export async function reading(): Promise<void> {
  const rows: number[][] = await images.toArray()
  const list: number[] = labels.toArraySync()
  const number: number = await scores.sum().toArray()
  const bytes: Uint8Array = await flags.data()
  const numbers: Float32Array = scores.dataSync()
  // @ts-expect-error two axes give lists of lists
  const wrong: number[] = await images.toArray()
  void [rows, list, number, bytes, numbers, wrong]
}
const variable = new Variable(weight)
variable.assign(weight.multiply(0.9))
// @ts-expect-error another shape than the variable's
variable.assign(bias)
