// Guards, quotients and remainders: what padding, dilation, concatenation and reshapes of views become.

import {
  applyScalar,
  axisIndex,
  type Condition,
  constantScalar,
  type DType,
  divideIndex,
  type Index,
  type Scalar,
  storeTo,
  zeroIndex,
} from '../../kernel/index.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { affine, loopKernel, positionIn, rowMajor, writeCase } from '../write-case.ts'

const dtypes = ['float32', 'float64', 'int32', 'uint8', 'bool'] as const

export function guardCases(): readonly ConformanceCase[] {
  return [
    ...dtypes.flatMap((dtype) => [paddedRow(dtype), paddedImage(dtype, 1), paddedImage(dtype, 0)]),
    dilatedRow(1),
    dilatedRow(2),
    dilatedRow(3),
    concatenation(),
    nestedGuards(),
    guardedFunction(),
    guardThatNeverHolds(),
    guardOfALookUp(),
    ...[1, 2, 3, 4, 7, 8, 64].map(divisions),
    ...dtypes.map(reshapedView),
    nestedDivisions(),
  ]
}

function guard(conditions: readonly Condition[], value: Scalar, otherwise: number): Scalar {
  return { kind: 'guard', conditions, value, otherwise, dtype: value.dtype }
}

function paddedRow(dtype: DType): ConformanceCase {
  return writeCase(`${dtype} with 3 elements before and 6 after`, (write) => {
    const at = affine([1], -3)
    const value = write.load(write.input(dtype, 12), at)
    return loopKernel(
      [21],
      storeTo(write.output(dtype, 21), affine([1]), guard([{ index: at, low: 0, high: 12 }], value, 1)),
    )
  })
}

function paddedImage(dtype: DType, otherwise: number): ConformanceCase {
  return writeCase(`image of ${dtype} in a frame of ${otherwise}`, (write) => {
    const [row, column] = [affine([1], -1), affine([0, 1], -2)]
    const value = write.load(write.input(dtype, 35), positionIn([5, 7], [row, column]))
    const conditions = [
      { index: row, low: 0, high: 5 },
      { index: column, low: 0, high: 7 },
    ]
    return loopKernel([8, 10], storeTo(write.output(dtype, 80), rowMajor([8, 10]), guard(conditions, value, otherwise)))
  })
}

/** factor − 1 places between elements, shifted so that dividends are negative. */
function dilatedRow(factor: number): ConformanceCase {
  return writeCase(`row dilated by ${factor}, holes of -Infinity`, (write) => {
    const at = affine([1], -4)
    const { quotient } = divideIndex(at, factor, [30])
    const condition = { index: at, low: 0, high: 6 * factor + 1, divisor: factor }
    const value = write.load(write.input('float32', 7), quotient)
    return loopKernel(
      [30],
      storeTo(write.output('float32', 30), affine([1]), guard([condition], value, Number.NEGATIVE_INFINITY)),
    )
  })
}

function concatenation(): ConformanceCase {
  return writeCase('three parts one after the other', (write) => {
    const sizes = [3, 8, 6]
    let start = 0
    const parts = sizes.map((size) => {
      const at = affine([0, 1], -start)
      start += size
      const conditions = [{ index: at, low: 0, high: size }]
      const value = write.load(write.input('float64', 4 * size), positionIn([4, size], [axisIndex(0), at]))
      return { isHere: guard(conditions, constantScalar(1, 'bool'), 0), value: guard(conditions, value, 0) }
    })
    const [first, second, third] = parts as [(typeof parts)[0], (typeof parts)[0], (typeof parts)[0]]
    const rest = applyScalar('select', [second.isHere, second.value, third.value])
    const joined = applyScalar('select', [first.isHere, first.value, rest])
    return loopKernel([4, 17], storeTo(write.output('float64', 68), rowMajor([4, 17]), joined))
  })
}

function nestedGuards(): ConformanceCase {
  return writeCase('a guard inside a guard, beside the same value without one', (write) => {
    const at = affine([1], -2)
    const value = write.load(write.input('float32', 20), at)
    const inner = guard([{ index: affine([1]), low: 4, high: 11 }], applyScalar('negate', [value]), 7)
    const outer = guard([{ index: at, low: 0, high: 20 }], applyScalar('add', [inner, value]), -1)
    return loopKernel([25], storeTo(write.output('float32', 25), affine([1]), outer))
  })
}

function guardedFunction(): ConformanceCase {
  return writeCase('a function under a guard, NaN elsewhere, then one of both', (write) => {
    const at = affine([2], -5)
    const value = applyScalar('exp', [write.load(write.input('float32', 19), at)])
    const guarded = guard([{ index: at, low: 0, high: 19 }], value, Number.NaN)
    const isNumber = applyScalar('equal', [guarded, guarded])
    const filled = applyScalar('select', [isNumber, guarded, constantScalar(0.5, 'float32')])
    return loopKernel(
      [15],
      storeTo(write.output('float32', 15), affine([1]), guarded),
      storeTo(write.output('float32', 15), affine([1]), filled),
    )
  })
}

function guardThatNeverHolds(): ConformanceCase {
  return writeCase('guards that never hold, always hold, and have no condition', (write) => {
    const value = write.load(write.input('int32', 10), affine([1]))
    const outside = write.load(write.input('int32', 10), affine([], 99))
    const never = guard([{ index: affine([1]), low: 3, high: 3 }], outside, 5)
    const always = guard([{ index: affine([1]), low: -5, high: 50 }], value, 5)
    const stores = [never, always, guard([], value, 5)].map((scalar) =>
      storeTo(write.output('int32', 10), affine([1]), scalar),
    )
    return loopKernel([10], ...stores)
  })
}

/** Where the guard does not hold the look-up must neither read nor report. */
function guardOfALookUp(): ConformanceCase {
  return writeCase('a look-up that would fail outside its guard', (write) => {
    const fault = write.fault('conformance: {value} must not be looked up.')
    const indices = write.given('int32', [9, -1, 2, 0, 3, 1, 77, -(2 ** 31)])
    const table = write.input('float32', 4)
    const value = write.load(indices, affine([1]))
    const found = write.load(table, {
      constant: 0,
      terms: [{ stride: 1, atom: { kind: 'value', value, size: 4, fault } }],
    })
    const guarded = guard([{ index: affine([1]), low: 2, high: 6 }], found, 42)
    return loopKernel([8], storeTo(write.output('float32', 8), affine([1]), guarded))
  })
}

/** Quotients and remainders of dividends of both signs, as numbers and as places to read. */
function divisions(divisor: number): ConformanceCase {
  return writeCase(`quotients and remainders by ${divisor}`, (write) => {
    const dividend = affine([7, 3], -30)
    const [quotient, remainder] = (['quotient', 'remainder'] as const).map(
      (kind): Index => ({ constant: 0, terms: [{ stride: 1, atom: { kind, dividend, divisor } }] }),
    ) as [Index, Index]
    const at = rowMajor([5, 14])
    const element = write.load(write.input('float32', divisor), remainder)
    const counter = (index: Index) => ({ kind: 'index', index, dtype: 'int32' }) as const
    return loopKernel(
      [5, 14],
      storeTo(write.output('int32', 70), at, counter(quotient)),
      storeTo(write.output('int32', 70), at, counter(remainder)),
      storeTo(write.output('float32', 70), at, element),
    )
  })
}

/** A transposed [6, 10] seen as [4, 15]: no stride can say where its elements are. */
function reshapedView(dtype: DType): ConformanceCase {
  return writeCase(`a transposed view of ${dtype} in another shape`, (write) => {
    const extents = [4, 15]
    const { quotient, remainder } = divideIndex(rowMajor(extents), 6, extents)
    const value = write.load(write.input(dtype, 60), positionIn([6, 10], [remainder, quotient]))
    return loopKernel(extents, storeTo(write.output(dtype, 60), rowMajor(extents), value))
  })
}

function nestedDivisions(): ConformanceCase {
  return writeCase('a remainder of a quotient of a remainder', (write) => {
    const atom = (kind: 'quotient' | 'remainder', dividend: Index, divisor: number, stride = 1): Index => ({
      constant: 0,
      terms: [{ stride, atom: { kind, dividend, divisor } }],
    })
    const inner = atom('remainder', affine([11, 5], -17), 24)
    const place = atom('remainder', atom('quotient', inner, 3), 5, 2)
    const value = write.load(write.input('float32', 10), { ...place, constant: 1 })
    const other = write.load(write.input('float32', 8), atom('quotient', inner, 3))
    const sum = applyScalar('add', [value, other])
    const both = { constant: 0, terms: [...zeroIndex.terms, ...rowMajor([6, 9]).terms] }
    return loopKernel([6, 9], storeTo(write.output('float32', 54), both, sum))
  })
}
