// Sums of products of many shapes, dtypes and views, with expressions as operands and epilogues.

import {
  addIndex,
  applyScalar,
  axisIndex,
  constantScalar,
  type DType,
  type Index,
  type Scalar,
  storeTo,
} from '../../kernel/index.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { affine, rowMajor, writeCase } from '../write-case.ts'
import { contraction, sum } from './write-contraction.ts'

export function contractionCases(): readonly ConformanceCase[] {
  const matrices: readonly (readonly [number, number, number])[] = [
    [1, 1, 1],
    [1, 7, 5],
    [7, 1, 5],
    [5, 7, 1],
    [2, 3, 4],
    [4, 4, 4],
    [3, 5, 2],
    [8, 8, 8],
    [6, 16, 9],
    [9, 17, 33],
    [13, 4, 64],
    [1, 64, 20],
    [64, 1, 20],
    [1, 1, 100],
    [33, 35, 37],
    [16, 48, 300],
    [4, 3, 0],
    [0, 3, 4],
    [3, 0, 4],
  ]
  return [
    ...matrices.flatMap((sizes) =>
      (['plain', 'left', 'right', 'both'] as const).map((transposed) => product('float32', sizes, transposed)),
    ),
    ...(['float64', 'int32', 'uint8'] as const).flatMap((dtype) => [
      product(dtype, [7, 9, 11], 'plain'),
      product(dtype, [5, 6, 20], 'both'),
    ]),
    batched('float32'),
    batched('float64'),
    severalAxesPerGroup(),
    noAxes(),
    outerProduct(),
    expressionsAsOperands(),
    sharedOperand(),
    guardedOperand(),
    lookedUpOperand(),
    specialNumbers(),
    wrappingSums(),
  ]
}

/** left[m, k] · right[k, n], the operands lying in memory as named or transposed. */
function product(
  dtype: DType,
  [m, n, k]: readonly [number, number, number],
  transposed: 'plain' | 'left' | 'right' | 'both',
): ConformanceCase {
  const isLeft = transposed === 'left' || transposed === 'both'
  const isRight = transposed === 'right' || transposed === 'both'
  return writeCase(
    `${dtype} [${m}, ${k}] · [${k}, ${n}], transposed: ${transposed}`,
    (write) => {
      const left = write.load(write.input(dtype, m * k), isLeft ? affine([1, 0, m]) : affine([k, 0, 1]))
      const right = write.load(write.input(dtype, k * n), isRight ? affine([0, k, 1]) : affine([0, 1, n]))
      const out = write.output(dtype, m * n)
      return contraction(
        { rows: [m], columns: [n], depth: [k] },
        left,
        right,
        storeTo(out, rowMajor([m, n]), sum(dtype)),
      )
    },
    { runs: 1 },
  )
}

function batched(dtype: DType): ConformanceCase {
  return writeCase(`${dtype} products in a batch of 2 × 3, the right operand shared by the first axis`, (write) => {
    const left = write.load(write.input(dtype, 2 * 3 * 5 * 6), affine([90, 30, 6, 0, 1]))
    const right = write.load(write.input(dtype, 3 * 6 * 7), affine([0, 42, 0, 1, 7]))
    const store = storeTo(write.output(dtype, 210), rowMajor([2, 3, 5, 7]), sum(dtype))
    return contraction({ batch: [2, 3], rows: [5], columns: [7], depth: [6] }, left, right, store)
  })
}

/** The groups' axes lie interleaved in memory. */
function severalAxesPerGroup(): ConformanceCase {
  return writeCase('two axes of rows, two of columns, three of depth', (write) => {
    // left [depth 2, row 3, depth 4, row 5, depth 2], right [column 4, depth 2, depth 4, column 3, depth 2]
    const left = write.load(write.input('float32', 240), affine([40, 2, 0, 0, 120, 10, 1]))
    const right = write.load(write.input('float32', 192), affine([0, 0, 48, 2, 24, 6, 1]))
    const store = storeTo(write.output('float32', 180), affine([12, 36, 3, 1]), sum('float32'))
    return contraction({ rows: [3, 5], columns: [4, 3], depth: [2, 4, 2] }, left, right, store)
  })
}

function noAxes(): ConformanceCase {
  return writeCase('an inner product: neither rows nor columns, and one without depth', (write) => {
    const [a, b] = [write.input('float32', 83), write.input('float32', 83)]
    const [all, one] = [write.output('float32', 1), write.output('float32', 1)]
    return [
      contraction(
        { depth: [83] },
        write.load(a, affine([1])),
        write.load(b, affine([1])),
        storeTo(all, affine([]), sum('float32')),
      ),
      contraction(
        {},
        write.load(a, affine([], 80)),
        write.load(b, affine([], 5)),
        storeTo(one, affine([]), sum('float32')),
      ),
    ]
  })
}

function outerProduct(): ConformanceCase {
  return writeCase('an outer product, and a batch of numbers', (write) => {
    const [a, b] = [write.input('float32', 19), write.input('float32', 21)]
    const [outer, each] = [write.output('float32', 399), write.output('float32', 19)]
    const [left, right] = [write.load(a, affine([1, 0])), write.load(b, affine([0, 1]))]
    return [
      contraction({ rows: [19], columns: [21] }, left, right, storeTo(outer, rowMajor([19, 21]), sum('float32'))),
      contraction(
        { batch: [19] },
        write.load(a, affine([1])),
        write.load(b, affine([1])),
        storeTo(each, affine([1]), sum('float32')),
      ),
    ]
  })
}

function expressionsAsOperands(): ConformanceCase {
  return writeCase('operands that are computed: a cast of bytes, and the derivative of a sigmoid', (write) => {
    const bytes = write.load(write.input('uint8', 9 * 20), affine([20, 0, 1]))
    const scaled = applyScalar('multiply', [
      applyScalar('cast', [bytes], 'float32'),
      constantScalar(1 / 255, 'float32'),
    ])
    const y = applyScalar('sigmoid', [write.load(write.input('float32', 20 * 13), affine([0, 1, 13]))])
    const slope = applyScalar('multiply', [y, applyScalar('subtract', [constantScalar(1, 'float32'), y])])
    const store = storeTo(write.output('float32', 117), rowMajor([9, 13]), sum('float32'))
    return contraction({ rows: [9], columns: [13], depth: [20] }, scaled, slope, store)
  })
}

/** Both operands read one buffer: x · xᵀ. */
function sharedOperand(): ConformanceCase {
  return writeCase('a matrix times its own transpose', (write) => {
    const x = write.input('float32', 11 * 18)
    const store = storeTo(write.output('float32', 121), rowMajor([11, 11]), sum('float32'))
    const [left, right] = [write.load(x, affine([18, 0, 1])), write.load(x, affine([0, 18, 1]))]
    return contraction({ rows: [11], columns: [11], depth: [18] }, left, right, store)
  })
}

/** A triangular mask: the guard depends on a row and the depth. */
function guardedOperand(): ConformanceCase {
  return writeCase('the lower triangle of a matrix times another', (write) => {
    const left: Scalar = {
      kind: 'guard',
      conditions: [{ index: affine([1, 0, -1]), low: 0, high: 100 }],
      value: write.load(write.input('float32', 100), affine([10, 0, 1])),
      otherwise: 0,
      dtype: 'float32',
    }
    const right = write.load(write.input('float32', 120), affine([0, 1, 12]))
    return contraction(
      { rows: [10], columns: [12], depth: [10] },
      left,
      right,
      storeTo(write.output('float32', 120), rowMajor([10, 12]), sum('float32')),
    )
  })
}

function lookedUpOperand(): ConformanceCase {
  return writeCase('rows of an embedding times a matrix', (write) => {
    const fault = write.fault('embedding: {value} is not a row.')
    const word = write.load(write.given('int32', [3, 0, 3, 4, 1, 2]), axisIndex(0))
    const row: Index = { constant: 0, terms: [{ stride: 8, atom: { kind: 'value', value: word, size: 5, fault } }] }
    const left = write.load(write.input('float32', 40), addIndex(row, axisIndex(2)))
    const right = write.load(write.input('float32', 8 * 9), affine([0, 1, 9]))
    return contraction(
      { rows: [6], columns: [9], depth: [8] },
      left,
      right,
      storeTo(write.output('float32', 54), rowMajor([6, 9]), sum('float32')),
    )
  })
}

/** Infinities and NaN reach the sums of their own row and column, and no others. */
function specialNumbers(): ConformanceCase {
  return writeCase('a product with NaN, infinities and zeros of both signs', (write) => {
    const values = Array.from({ length: 70 }, (_, i) => (i % 7) - 3)
    const special = values
      .with(5, Number.NaN)
      .with(23, Number.POSITIVE_INFINITY)
      .with(40, Number.NEGATIVE_INFINITY)
      .with(44, -0)
    const left = write.load(write.given('float32', special), affine([7, 0, 1]))
    const right = write.load(write.given('float32', values.with(9, Number.POSITIVE_INFINITY)), affine([0, 1, 10]))
    return contraction(
      { rows: [10], columns: [10], depth: [7] },
      left,
      right,
      storeTo(write.output('float32', 100), rowMajor([10, 10]), sum('float32')),
    )
  })
}

/** Products and sums beyond 2³¹ and beyond 2⁵³. */
function wrappingSums(): ConformanceCase {
  return writeCase('int32 products that wrap', (write) => {
    const values = Array.from({ length: 60 }, (_, i) => Math.imul(i - 30, 0x7654321))
    const left = write.load(write.given('int32', values), affine([10, 0, 1]))
    const right = write.load(write.given('int32', values.toReversed()), affine([0, 1, 6]))
    const store = storeTo(write.output('int32', 36), rowMajor([6, 6]), sum('int32'))
    return contraction({ rows: [6], columns: [6], depth: [10] }, left, right, store)
  })
}
