import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eye, zeros } from '../../create.ts'
import { tensor } from '../../from-data.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { diagonal } from '../views/diagonal.ts'
import { tril, triu } from '../views/triangle.ts'
import { cholesky } from './cholesky.ts'
import { determinant, logDeterminant } from './determinant.ts'
import { matrixPower } from './matrix-power.ts'
import { qr } from './qr.ts'
import { inverse, solve } from './solve.ts'
import { solveTriangular } from './solve-triangular.ts'

function matrices(shape: Shape): fc.Arbitrary<Tensor> {
  const size = shape.reduce((product, length) => product * length, 1)
  const element = fc.integer({ min: -2000, max: 2000 }).map((thousandths) => thousandths / 1000)
  return fc
    .array(element, { minLength: size, maxLength: size })
    .map((values) => tensor(Float64Array.from(values), { shape }) as Tensor)
}

const n = 5
const strong = matrices([2, n, n]).map((x): Tensor => x.add(eye(n, 'float64').multiply(12)))
const right = matrices([2, n, 3])

function expectSame(found: Tensor, wanted: Tensor): void {
  expectTensor(found, wanted.shape, [...wanted.dataSync()], 1e-9)
}

describe('equations', () => {
  it('are solved', () => {
    fc.assert(
      fc.property(strong, right, (a, b) => {
        expectSame(a.matmul(solve(a, b) as Tensor), b)
      }),
    )
  })

  it('are solved where rows must be exchanged', () => {
    const a: Tensor = tensor([
      [0, 2],
      [3, 0],
    ])
    expectTensor(solve(a, tensor([4, 9])), [2], [3, 2])
  })

  it('broadcast their batches', () => {
    const a: Tensor = eye(2).multiply(2)
    expectTensor(solve(a, zeros([3, 2, 1])), [3, 2, 1], [0, 0, 0, 0, 0, 0])
    expect(() => solve(a, zeros([3, 1]))).toThrow('solve: [2, 2] · X = [3, 1]: the right side must be [..., 2, K].')
    expect(() => solve(zeros([2, 3]), zeros([2, 1]))).toThrow('solve: takes square matrices [..., N, N], not [2, 3].')
  })

  it.each([true, false])('with a triangle (upper: %s) do not read the other', (upper) => {
    fc.assert(
      fc.property(strong, right, (a, b) => {
        const triangle: Tensor = upper ? triu(a) : tril(a)
        expectSame(triangle.matmul(solveTriangular(a, b, { upper }) as Tensor), b)
      }),
    )
  })
})

describe('inverse and powers', () => {
  it('belong together', () => {
    fc.assert(
      fc.property(strong, (a) => {
        const identity = eye(n, 'float64').broadcastTo([2, n, n])
        expectSame(a.matmul(inverse(a) as Tensor), identity)
        expectSame(matrixPower(a.multiply(0.1), 3), a.matmul(a).matmul(a).multiply(0.001))
        expectSame((matrixPower(a, -2) as Tensor).matmul(matrixPower(a, 2) as Tensor), identity)
        expectSame(matrixPower(a, 0), identity)
      }),
      { numRuns: 30 },
    )
    expect(() => matrixPower(eye(2), 0.5)).toThrow('matrixPower: the exponent 0.5 is not an integer.')
  })
})

describe('determinant', () => {
  it('of small matrices is that of the formula', () => {
    fc.assert(
      fc.property(matrices([3, 3]), (x) => {
        const [a, b, c, d, e, f, g, h, i] = x.dataSync() as unknown as Record<number, number> & number[]
        const wanted = a! * (e! * i! - f! * h!) - b! * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!)
        expectTensor(determinant(x), [], [wanted], 1e-9)
        const { sign, logAbsolute } = logDeterminant(x)
        if (Math.abs(wanted) < 1e-6) return
        expectTensor(sign, [], [Math.sign(wanted)])
        expectTensor(logAbsolute, [], [Math.log(Math.abs(wanted))], 1e-7)
      }),
    )
  })

  it('of singular matrices is 0, and of empty ones 1', () => {
    expectTensor(
      determinant(
        tensor([
          [1, 2],
          [2, 4],
        ]),
      ),
      [],
      [0],
    )
    expectTensor(determinant(zeros([2, 2])), [], [0])
    expectTensor(determinant(zeros([3, 0, 0])), [3], [1, 1, 1])
    expectTensor(logDeterminant(zeros([2, 2])).sign, [], [0])
    expectTensor(logDeterminant(zeros([2, 2])).logAbsolute, [], [-Infinity])
  })
})

describe('factors', () => {
  it('of cholesky are lower triangles', () => {
    fc.assert(
      fc.property(strong, (x) => {
        const positive = x.matmul(x.transpose()) as Tensor
        const lower: Tensor = cholesky(positive)
        expectSame(lower.matmul(lower.transpose()), positive)
        expectSame(tril(lower), lower)
      }),
    )
    expectTensor(cholesky(tensor([[-1]])), [1, 1], [NaN])
    expect(() => cholesky(zeros([2, 3]))).toThrow('cholesky: takes square matrices [..., N, N], not [2, 3].')
  })

  it.each([[[2, 5, 3]], [[4, 4]], [[3, 5]], [[1, 3]]])('of qr are orthonormal and an upper triangle: %s', (shape) => {
    fc.assert(
      fc.property(matrices(shape), (x) => {
        const { q, r } = qr(x) as { q: Tensor; r: Tensor }
        const count = Math.min(shape.at(-1)!, shape.at(-2)!)
        expectSame(q.matmul(r), x)
        expectSame(triu(r), r)
        expect(Math.min(...diagonal(r).dataSync())).toBeGreaterThanOrEqual(0)
        // Of a column without a direction there is no reflection.
        const isFull = Math.min(...diagonal(r).dataSync()) > 0
        const identity: Tensor = eye(count, 'float64').broadcastTo([...shape.slice(0, -2), count, count])
        if (isFull) expectSame(q.transpose().matmul(q), identity)
      }),
      { numRuns: 50 },
    )
  })
})
