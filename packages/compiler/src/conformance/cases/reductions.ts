// Every reduction of every dtype over extents of all kinds, and programs that reduce a row several times.

import {
  applyScalar,
  type Combine,
  constantScalar,
  type DType,
  dtypeOfReduce,
  dtypesOfCombine,
  type Index,
  type LoopStep,
  type Reduce,
  type Scalar,
  storeTo,
} from '../../kernel/index.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { affine, loopKernel, positionIn, rowMajor, writeCase } from '../write-case.ts'

export function reductionCases(): readonly ConformanceCase[] {
  const combines = Object.keys(dtypesOfCombine) as Combine[]
  return [
    ...combines.flatMap((combine) =>
      dtypesOfCombine[combine].flatMap((dtype) => [
        lastAxisCase(combine, dtype),
        otherAxesCase(combine, dtype),
        specialCase(combine, dtype),
      ]),
    ),
    guardedReduction(),
    pooling('add'),
    pooling('maximum'),
    reductionOfAFunction(),
    reductionOfEverything(),
  ]
}

export function rowProgramCases(): readonly ConformanceCase[] {
  return [
    ...[1, 2, 4, 7, 33].flatMap((columns) => [softmax('float32', columns), normalization('float32', columns)]),
    softmax('float64', 10),
    normalization('float64', 10),
    reductionOfStored(),
    reductionsOfDifferentExtents(),
    lookUpOfTheLargest(),
    largestInBatch(),
  ]
}

function reduce(combine: Combine, extents: readonly number[], value: Scalar): Reduce {
  return { kind: 'reduce', extents, combine, value }
}

function result(step: number, dtype: DType): Scalar {
  return { kind: 'result', step, dtype }
}

/** Rows of several lengths, also none, reduced to one element each. */
function lastAxisCase(combine: Combine, dtype: DType): ConformanceCase {
  return writeCase(`${combine} of rows of ${dtype}`, (write) =>
    [0, 1, 2, 3, 4, 5, 8, 15, 16, 17, 64].map((columns) => {
      const step = reduce(combine, [columns], write.load(write.input(dtype, 3 * columns), affine([columns, 1])))
      const found = dtypeOfReduce(step)
      return loopKernel([3], step, storeTo(write.output(found, 3), affine([1]), result(0, found)))
    }),
  )
}

/** The first axis, the axis between, the two outer, none, and axes in another order than in memory. */
function otherAxesCase(combine: Combine, dtype: DType): ConformanceCase {
  return writeCase(`${combine} over other axes of ${dtype}`, (write) => {
    const x = write.input(dtype, 4 * 5 * 9)
    const forms: readonly (readonly [readonly number[], readonly number[], Index])[] = [
      [[5, 9], [4], affine([9, 1, 45])],
      [[4, 9], [5], affine([45, 1, 9])],
      [[9], [4, 5], affine([1, 45, 9])],
      [[4], [9, 5], affine([45, 1, 9])],
      [[4, 5, 9], [], affine([45, 9, 1])],
      [[], [4, 5, 9], affine([45, 9, 1])],
      [[9], [4, 0], affine([1, 45, 9])],
      [[2, 3], [2, 2], affine([1, 1, 1, 1])],
    ]
    return forms.map(([outer, inner, at]) => {
      const step = reduce(combine, inner, write.load(x, at))
      const found = dtypeOfReduce(step)
      const size = outer.reduce((product, extent) => product * extent, 1)
      return loopKernel(outer, step, storeTo(write.output(found, size), rowMajor(outer), result(0, found)))
    })
  })
}

/** Rows with NaN, infinities, zeros of both signs, ties and the ends of the range, in a different place in each. */
function specialCase(combine: Combine, dtype: DType): ConformanceCase {
  const floats = [1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 2, 2, -1]
  const own: { readonly [D in DType]: readonly number[] } = {
    float32: floats,
    float64: floats,
    int32: [1, 2 ** 31 - 2, 2 ** 31 - 1, -(2 ** 31), 2 ** 31 - 1, -1, 3, 3, -(2 ** 31)],
    uint8: [255, 0, 255, 200, 0, 1, 7, 7, 254],
    bool: [0, 1, 1, 0, 0, 1, 0, 1, 0],
  }
  const values = own[dtype]
  return writeCase(
    `${combine} of special values of ${dtype}`,
    (write) => {
      // Windows of each length at each place.
      const data = write.given(dtype, [...values, ...values])
      return [1, 2, 3, 4, 6, 9].map((length) => {
        const step = reduce(combine, [length], write.load(data, affine([1, 1])))
        const found = dtypeOfReduce(step)
        return loopKernel([9], step, storeTo(write.output(found, 9), affine([1]), result(0, found)))
      })
    },
    { runs: 1 },
  )
}

function guardedReduction(): ConformanceCase {
  return writeCase('maximum over windows that reach beyond the image', (write) => {
    const at = affine([2, 1], -1)
    const inside: Scalar = {
      kind: 'guard',
      conditions: [{ index: at, low: 0, high: 16 }],
      value: write.load(write.input('float32', 16), at),
      otherwise: Number.NEGATIVE_INFINITY,
      dtype: 'float32',
    }
    return loopKernel(
      [9],
      reduce('maximum', [3], inside),
      reduce('argMax', [3], inside),
      storeTo(write.output('float32', 9), affine([1]), result(0, 'float32')),
      storeTo(write.output('int32', 9), affine([1]), result(1, 'int32')),
    )
  })
}

/** Windows of 3 × 2 over images of 7 × 8 in a frame of one, each 2 × 3 after the last. */
function pooling(combine: 'add' | 'maximum'): ConformanceCase {
  return writeCase(`${combine} over windows of images in a frame`, (write) => {
    const [row, column] = [affine([0, 2, 0, 1], -1), affine([0, 0, 3, 0, 1], -1)]
    const inside: Scalar = {
      kind: 'guard',
      conditions: [
        { index: row, low: 0, high: 7 },
        { index: column, low: 0, high: 8 },
      ],
      value: write.load(write.input('float32', 3 * 56), positionIn([3, 7, 8], [affine([1]), row, column])),
      otherwise: combine === 'add' ? 0 : Number.NEGATIVE_INFINITY,
      dtype: 'float32',
    }
    const scaled = applyScalar('multiply', [result(0, 'float32'), constantScalar(1 / 6, 'float32')])
    return loopKernel(
      [3, 4, 3],
      reduce(combine, [3, 2], inside),
      storeTo(write.output('float32', 36), rowMajor([3, 4, 3]), scaled),
    )
  })
}

function reductionOfAFunction(): ConformanceCase {
  return writeCase('sum of squares of differences, then its root times a number', (write) => {
    const [a, b] = [
      write.load(write.input('float32', 60), affine([20, 1])),
      write.load(write.input('float32', 20), affine([0, 1])),
    ]
    const difference = applyScalar('subtract', [a, b])
    const root = applyScalar('sqrt', [result(0, 'float32')])
    return loopKernel(
      [3],
      reduce('add', [20], applyScalar('multiply', [difference, difference])),
      storeTo(
        write.output('float32', 3),
        affine([1]),
        applyScalar('multiply', [root, constantScalar(0.25, 'float32')]),
      ),
    )
  })
}

function reductionOfEverything(): ConformanceCase {
  return writeCase('sum, product, smallest and largest of 1000 numbers', (write) => {
    const x = write.input('float32', 1000)
    const element = write.load(x, affine([1]))
    const nearOne = applyScalar('exp', [applyScalar('multiply', [element, constantScalar(1e-3, 'float32')])])
    const steps = (['add', 'multiply', 'minimum', 'maximum'] as const).map((combine) =>
      reduce(combine, [1000], nearOne),
    )
    return loopKernel(
      [],
      ...steps,
      ...steps.map((_, step) => storeTo(write.output('float32', 1), affine([]), result(step, 'float32'))),
    )
  })
}

function softmax(dtype: DType, columns: number): ConformanceCase {
  return writeCase(`softmax of rows of ${columns} ${dtype}`, (write) => {
    const size = 5 * columns
    const element = write.load(write.input(dtype, size), affine([columns, 1]))
    const power = applyScalar('exp', [applyScalar('subtract', [element, result(0, dtype)])])
    return loopKernel(
      [5],
      reduce('maximum', [columns], element),
      reduce('add', [columns], power),
      storeTo(write.output(dtype, size), affine([columns, 1]), applyScalar('divide', [power, result(1, dtype)]), [
        columns,
      ]),
      storeTo(write.output(dtype, 5), affine([1]), applyScalar('log', [result(1, dtype)])),
    )
  })
}

function normalization(dtype: DType, columns: number): ConformanceCase {
  return writeCase(`rows of ${columns} ${dtype} to mean 0 and variance 1`, (write) => {
    const size = 6 * columns
    const at = affine([columns, 1])
    const element = write.load(write.input(dtype, size), at)
    const share = constantScalar(1 / columns, dtype)
    const mean = applyScalar('multiply', [result(0, dtype), share])
    const centred = applyScalar('subtract', [element, mean])
    const variance = applyScalar('multiply', [result(1, dtype), share])
    const deviation = applyScalar('sqrt', [applyScalar('add', [variance, constantScalar(1e-3, dtype)])])
    const weight = write.load(write.input(dtype, columns), affine([0, 1]))
    const normal = applyScalar('multiply', [applyScalar('divide', [centred, deviation]), weight])
    const steps: LoopStep[] = [
      reduce('add', [columns], element),
      reduce('add', [columns], applyScalar('multiply', [centred, centred])),
      storeTo(write.output(dtype, size), at, normal, [columns]),
      storeTo(write.output(dtype, 6), affine([1]), mean),
      storeTo(write.output(dtype, 6), affine([1]), variance),
    ]
    return loopKernel([6], ...steps)
  })
}

/** A step reads what a step before it stored at the very same elements. */
function reductionOfStored(): ConformanceCase {
  return writeCase('a row is stored, reduced and scaled in place', (write) => {
    const at = affine([8, 1])
    const row = write.state('float32', 32)
    const squares = write.output('float32', 32)
    const element = write.load(row, at)
    const scaled = applyScalar('divide', [
      element,
      applyScalar('add', [result(1, 'float32'), constantScalar(1, 'float32')]),
    ])
    return loopKernel(
      [4],
      storeTo(squares, at, applyScalar('multiply', [element, element]), [8]),
      reduce('add', [8], write.load(squares, at)),
      storeTo(row, at, scaled, [8]),
    )
  })
}

function reductionsOfDifferentExtents(): ConformanceCase {
  return writeCase('reductions over 3 × 5 and over 7 share a kernel', (write) => {
    const [a, b] = [write.input('float32', 60), write.input('float32', 28)]
    const sum = applyScalar('add', [result(0, 'float32'), result(1, 'float32')])
    return loopKernel(
      [4],
      reduce('add', [3, 5], write.load(a, affine([15, 5, 1]))),
      reduce('maximum', [7], applyScalar('multiply', [write.load(b, affine([7, 1])), result(0, 'float32')])),
      storeTo(write.output('float32', 4), affine([1]), sum),
      storeTo(write.output('float32', 24), affine([6, 2, 1]), sum, [3, 2]),
    )
  })
}

/** The position that argMax finds is where the next load reads. */
function lookUpOfTheLargest(): ConformanceCase {
  return writeCase('the element of one row where another is largest', (write) => {
    const fault = write.fault('largest: {value} is out of range.')
    const [x, y] = [write.input('float32', 5 * 9), write.input('float32', 5 * 9)]
    const atom = { kind: 'value', value: result(0, 'int32'), size: 9, fault } as const
    const found = write.load(y, { constant: 0, terms: [...affine([9]).terms, { stride: 1, atom }] })
    return loopKernel(
      [5],
      reduce('argMax', [9], write.load(x, affine([9, 1]))),
      storeTo(write.output('float32', 5), affine([1]), found),
      storeTo(write.output('int32', 5), affine([1]), result(0, 'int32')),
    )
  })
}

function largestInBatch(): ConformanceCase {
  return writeCase('positions of the largest over two axes, also among equals', (write) => {
    const x = write.input('bool', 4 * 3 * 6)
    return loopKernel(
      [4],
      reduce('argMax', [3, 6], write.load(x, affine([18, 6, 1]))),
      reduce('argMax', [6, 3], write.load(x, affine([18, 1, 6]))),
      storeTo(write.output('int32', 4), affine([1]), result(0, 'int32')),
      storeTo(write.output('int32', 4), affine([1]), result(1, 'int32')),
    )
  })
}
