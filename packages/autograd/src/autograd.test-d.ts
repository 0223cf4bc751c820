// What the compiler concludes about gradients and rejects. `@ts-expect-error` fails where no error is found.

import type { Tensor, Variable } from '@neurite/tensor'
import { checkGradients, type GradientReport, gradients, stopGradient, valueAndGradients, vjp } from './index.ts'
import type { Equal, Expect } from './test/equal-types.ts'

declare const loss: Tensor<[], 'float32'>
declare const images: Tensor<[64, 784], 'float32'>
declare const weight: Variable<[784, 10], 'float64'>
declare const parameters: ReadonlyMap<string, Variable>
declare const named: { readonly weight: typeof weight; readonly images: typeof images }
declare const list: Tensor[]
declare const plain: Tensor

// --- the structure of the targets, each gradient with its target's shape and dtype ---
const one = gradients(loss, images)
const ofVariable = gradients(loss, weight)
const pair = gradients(loss, [images, weight])
const record = gradients(loss, { images, weight })
const ofNamed = gradients(loss, named)
const map = gradients(loss, parameters)
const many = gradients(loss, list)
const ofPlain = gradients(plain, plain)
export type Structures = [
  Expect<Equal<typeof one, Tensor<[64, 784], 'float32'>>>,
  Expect<Equal<typeof ofVariable, Tensor<[784, 10], 'float64'>>>,
  Expect<Equal<typeof pair, readonly [Tensor<[64, 784], 'float32'>, Tensor<[784, 10], 'float64'>]>>,
  Expect<Equal<(typeof record)['weight'], Tensor<[784, 10], 'float64'>>>,
  Expect<Equal<(typeof ofNamed)['images'], Tensor<[64, 784], 'float32'>>>,
  Expect<Equal<typeof map, ReadonlyMap<string, Tensor>>>,
  Expect<Equal<typeof many, Tensor[]>>,
  Expect<Equal<typeof ofPlain, Tensor>>,
]

// --- the other functions ---
const both = valueAndGradients(([x]) => x.sum(), [images])
const pulled = vjp([images], { weight })([images])
const stopped = stopGradient(images)
const report = checkGradients(loss, [images], { tolerance: 1e-6 })
export type Others = [
  Expect<Equal<typeof both.value, Tensor<[], 'float32'>>>,
  Expect<Equal<typeof both.gradients, readonly [Tensor<[64, 784], 'float32'>]>>,
  Expect<Equal<typeof pulled.weight, Tensor<[784, 10], 'float64'>>>,
  Expect<Equal<typeof stopped, Tensor<[64, 784], 'float32'>>>,
  Expect<Equal<typeof report, Promise<GradientReport>>>,
]

// --- what is rejected ---
// @ts-expect-error a number is no target
gradients(loss, [images, 3])
// @ts-expect-error targets are not nested
gradients(loss, { layer: { weight } })
// @ts-expect-error a variable is no loss: its value is
gradients(weight, [images])
// @ts-expect-error there are gradients for the targets alone
gradients(loss, { images }).weight
// @ts-expect-error one target, one gradient
gradients(loss, [images])[1]
// @ts-expect-error 784 × 10, not 10 × 784
export const transposed: Tensor<[10, 784], 'float64'> = gradients(loss, weight)
