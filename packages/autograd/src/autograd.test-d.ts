// What the compiler concludes about gradients and rejects. `@ts-expect-error` fails where no error is found.

import type { AnyShape, Tensor, Variable } from '@neurite/tensor'
import {
  checkGradients,
  type GradientReport,
  gradients,
  hessian,
  hessianVectorProduct,
  jacobian,
  jvp,
  stopGradient,
  valueAndGradients,
  vjp,
  vmap,
} from './index.ts'
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

// --- derivatives with the axes of what is derived and of what it is derived by ---
declare const scores: Tensor<[64, 10], 'float32'>
declare const small: Tensor<[3, 4], 'float32'>
const matrix = jacobian(() => scores, small)
const matrices = jacobian(() => scores, { small, weight })
const unknown = jacobian(() => plain, { small })
const second = hessian(() => loss, small)
const blocks = hessian(() => loss, { small, weight })
const product = hessianVectorProduct(({ small }) => small.sum(), { small }, { small })
const pushed = jvp((x) => ({ twice: x.multiply(2) }), small, small)
export type Matrices = [
  Expect<Equal<typeof matrix, Tensor<[64, 10, 3, 4], 'float32'>>>,
  Expect<Equal<(typeof matrices)['weight'], Tensor<[64, 10, 784, 10], 'float64'>>>,
  Expect<Equal<(typeof unknown)['small'], Tensor<AnyShape, 'float32'>>>,
  Expect<Equal<typeof second, Tensor<[3, 4, 3, 4], 'float32'>>>,
  Expect<Equal<(typeof blocks)['small']['weight'], Tensor<[3, 4, 784, 10], 'float64'>>>,
  Expect<Equal<(typeof product)['small'], Tensor<[3, 4], 'float32'>>>,
  Expect<Equal<(typeof pushed)['tangent']['twice'], Tensor<[3, 4], 'float32'>>>,
]

// --- a function of one example is one of many ---
declare const perExample: (x: Tensor<[784], 'float32'>, rate: number) => { readonly score: Tensor<[10], 'float32'> }
const perBatch = vmap(perExample)(images, 3)
const along = vmap(perExample, { inAxes: [1, null] })(plain, 3)
export type Batches = [
  Expect<Equal<(typeof perBatch)['score'], Tensor<[number, 10], 'float32'>>>,
  Expect<Equal<(typeof along)['score']['dtype'], 'float32'>>,
]

// --- what is rejected ---
// @ts-expect-error a tangent has its primal's shape
jvp((x) => x, small, scores)
// @ts-expect-error examples have 784 elements
vmap(perExample)(scores, 3)
// @ts-expect-error the Jacobian of one tensor alone
jacobian(() => [scores], small)
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
