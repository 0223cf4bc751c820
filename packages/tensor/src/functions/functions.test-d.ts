// Shapes and dtypes of functions, as the compiler sees them.

import { zeros } from '../create.ts'
import type { Tensor } from '../tensor.ts'
import type { Equal, Expect } from '../test/equal-types.ts'
import { atan2 } from './elementary/inverse-trigonometric.ts'
import { log2 } from './elementary/logarithms.ts'
import { areNaN } from './elementary/not-a-number.ts'
import { cholesky } from './linear-algebra/cholesky.ts'
import { outer } from './outer.ts'
import { maxPool2d } from './pooling/max-pooling.ts'
import { norm } from './reductions/norm.ts'
import { cumulativeSum } from './scans/cumulative-sum.ts'
import { logSumExp } from './softmax.ts'
import { median } from './sorting/median.ts'
import { sort } from './sorting/sort.ts'
import { topK } from './sorting/top-k.ts'
import { unstack } from './views/chunk.ts'
import { tril } from './views/triangle.ts'

const x = zeros([8, 5], 'float64')
const counts = zeros([4], 'int32')

const logarithm = log2(counts)
const angle = atan2(x, zeros([5]))
const flags = areNaN(x)
const length = norm(x, 1, { keepAxes: true })
const total = logSumExp(x)
const sums = cumulativeSum(zeros([3], 'bool'), 0)
const { values, indices } = sort(x, -1)
const best = topK(x, 3)
const middle = median(x, 0)
const rows = unstack(x, 0)
const lower = tril(x)
const factor = cholesky(zeros([2, 3, 3]))
const products = outer(zeros([2]), zeros([3]))
const rounded = maxPool2d(zeros([1, 2, 7, 7]), { kernelSize: 2, ceilMode: true })

export type Results = [
  Expect<Equal<typeof logarithm, Tensor<[4], 'float32'>>>,
  Expect<Equal<typeof angle, Tensor<[8, 5], 'float64'>>>,
  Expect<Equal<typeof flags, Tensor<[8, 5], 'bool'>>>,
  Expect<Equal<typeof length, Tensor<[8, 1], 'float64'>>>,
  Expect<Equal<typeof total, Tensor<[], 'float64'>>>,
  Expect<Equal<typeof sums, Tensor<[3], 'int32'>>>,
  Expect<Equal<typeof values, Tensor<[8, 5], 'float64'>>>,
  Expect<Equal<typeof indices, Tensor<[8, 5], 'int32'>>>,
  Expect<Equal<typeof best.values, Tensor<[8, 3], 'float64'>>>,
  Expect<Equal<typeof middle.values, Tensor<[5], 'float64'>>>,
  Expect<Equal<typeof rows, Tensor<[5], 'float64'>[]>>,
  Expect<Equal<typeof lower, Tensor<[8, 5], 'float64'>>>,
  Expect<Equal<typeof factor, Tensor<[2, 3, 3], 'float32'>>>,
  Expect<Equal<typeof products.shape, [2, 3]>>,
  Expect<Equal<typeof rounded, Tensor<[1, 2, number, number], 'float32'>>>,
]

// @ts-expect-error cannot broadcast 5 with 4
atan2(x, counts)
// @ts-expect-error axis 2 is out of range for 2 axes
sort(x, 2)
// @ts-expect-error axis 3 is out of range for 2 axes
norm(x, 3)
// @ts-expect-error axis -3 is out of range for 2 axes
cumulativeSum(x, -3)
