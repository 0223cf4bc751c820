// Where kernels read and write: sizes around vector lengths, strides, offsets, broadcasts, permutations, counters.

import { applyScalar, constantScalar, type DType, type Index, storeTo } from '../../kernel/index.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { affine, loopKernel, rowMajor, writeCase } from '../write-case.ts'

const dtypes = ['float32', 'float64', 'int32', 'uint8', 'bool'] as const

export function accessCases(): readonly ConformanceCase[] {
  return [
    ...dtypes.flatMap((dtype) =>
      [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 67].map((size) => copyCase(dtype, size)),
    ),
    ...dtypes.flatMap((dtype) => views.map((view) => viewCase(dtype, view))),
    ...dtypes.map(interleavedCase),
    ...(['float32', 'float64', 'int32', 'uint8', 'bool'] as const).map(counterCase),
    ...dtypes.map(scalarProgramCase),
    manyAxesCase(),
  ]
}

function copyCase(dtype: DType, size: number): ConformanceCase {
  return writeCase(`copy of ${size} ${dtype} through a temporary`, (write) => {
    const [from, between, to] = [write.input(dtype, size), write.temporary(dtype, size), write.output(dtype, size)]
    return [
      loopKernel([size], storeTo(between, affine([1]), write.load(from, affine([1])))),
      loopKernel([size], storeTo(to, affine([1]), write.load(between, affine([1])))),
    ]
  })
}

interface View {
  readonly name: string
  readonly extents: readonly number[]
  readonly size: number
  readonly read: Index
}

const views: readonly View[] = [
  { name: 'offset', extents: [13], size: 20, read: affine([1], 5) },
  { name: 'reversed', extents: [19], size: 19, read: affine([-1], 18) },
  { name: 'every second element', extents: [17], size: 34, read: affine([2], 1) },
  { name: 'every third element backwards', extents: [9], size: 27, read: affine([-3], 25) },
  { name: 'one element', extents: [11], size: 3, read: affine([0], 2) },
  { name: 'transposed', extents: [5, 7], size: 35, read: affine([1, 5]) },
  { name: 'transposed square', extents: [16, 16], size: 256, read: affine([1, 16]) },
  { name: 'a row everywhere', extents: [6, 9], size: 9, read: affine([0, 1]) },
  { name: 'a column everywhere', extents: [6, 9], size: 6, read: affine([1, 0]) },
  { name: 'the inner part', extents: [4, 6], size: 80, read: affine([10, 1], 21) },
  { name: 'axes 2 0 1', extents: [4, 5, 6], size: 120, read: affine([1, 24, 4]) },
  { name: 'axes 2 1 0', extents: [4, 5, 6], size: 120, read: affine([1, 4, 20]) },
  { name: 'axes 1 0 2', extents: [4, 5, 6], size: 120, read: affine([6, 24, 1]) },
  { name: 'sliding windows', extents: [8, 5], size: 12, read: affine([1, 1]) },
  { name: 'diagonals backwards', extents: [7, 7], size: 13, read: affine([1, -1], 6) },
  { name: 'axes of one', extents: [1, 9, 1], size: 9, read: affine([0, 1, 0]) },
  { name: 'nothing', extents: [4, 0], size: 5, read: affine([1, 1]) },
]

/** The view, and a sum with it, which reads beside a contiguous operand. */
function viewCase(dtype: DType, { name, extents, size, read }: View): ConformanceCase {
  return writeCase(`${name} of ${dtype}`, (write) => {
    const count = extents.reduce((product, extent) => product * extent, 1)
    const [viewed, plain] = [
      write.load(write.input(dtype, size), read),
      write.load(write.input(dtype, count), rowMajor(extents)),
    ]
    return loopKernel(
      extents,
      storeTo(write.output(dtype, count), rowMajor(extents), viewed),
      storeTo(write.output(dtype, count), rowMajor(extents), applyScalar('maximum', [viewed, plain])),
    )
  })
}

/** Two stores fill the even and the odd elements of one buffer, a third goes backwards, a fourth transposes. */
function interleavedCase(dtype: DType): ConformanceCase {
  return writeCase(`interleaved, reversed and transposed stores of ${dtype}`, (write) => {
    const [a, b] = [
      write.load(write.input(dtype, 42), rowMajor([6, 7])),
      write.load(write.input(dtype, 42), rowMajor([6, 7])),
    ]
    const both = write.output(dtype, 84)
    return loopKernel(
      [6, 7],
      storeTo(both, affine([14, 2]), a),
      storeTo(both, affine([14, 2], 1), b),
      storeTo(write.output(dtype, 42), affine([-7, -1], 41), a),
      storeTo(write.output(dtype, 42), affine([1, 6]), b),
    )
  })
}

function counterCase(dtype: DType): ConformanceCase {
  return writeCase(`counters as ${dtype}`, (write) => {
    const counter = (index: Index) => ({ kind: 'index', index, dtype }) as const
    return loopKernel(
      [5, 21],
      storeTo(write.output(dtype, 105), rowMajor([5, 21]), counter(rowMajor([5, 21]))),
      storeTo(write.output(dtype, 105), rowMajor([5, 21]), counter(affine([-40, 3], 100))),
      storeTo(write.output(dtype, 105), rowMajor([5, 21]), counter(affine([1, 0]))),
    )
  })
}

/** No axes at all, of the kernel, of a load, of a constant. */
function scalarProgramCase(dtype: DType): ConformanceCase {
  return writeCase(`one ${dtype}`, (write) => {
    const value = write.load(write.input(dtype, 1), affine([]))
    const table = write.load(write.constant(dtype, [1, 0, 1]), affine([], 2))
    return [
      loopKernel([], storeTo(write.output(dtype, 1), affine([]), applyScalar('minimum', [value, table]))),
      loopKernel([9], storeTo(write.output(dtype, 9), affine([1]), constantScalar(1, dtype))),
      loopKernel([2, 3], storeTo(write.output(dtype, 6), rowMajor([2, 3]), value)),
    ]
  })
}

function manyAxesCase(): ConformanceCase {
  const extents = [2, 3, 1, 2, 3, 2, 5]
  return writeCase('seven axes backwards', (write) => {
    const size = 360
    const value = write.load(write.input('float32', size), affine([180, 60, 0, 30, 10, 5, 1]))
    const backwards = affine([1, 2, 0, 6, 12, 36, 72])
    return loopKernel(extents, storeTo(write.output('float32', size), backwards, value))
  })
}
