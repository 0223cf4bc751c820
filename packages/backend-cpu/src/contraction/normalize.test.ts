import { axisIndex, type ContractionKernel, loadScalar, type Scalar } from '@neurite/compiler/kernel'
import { describe, expect, test } from 'vitest'
import { type ConvolutionShape, convolutionKernel, flatten, resultSize } from '../test/convolution-kernels.ts'
import { runAxes, runContraction } from '../test/reference-contraction.ts'
import { normalize } from './normalize.ts'
import { conditionsOf } from './strides.ts'

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, extent) => size * extent, 1)
const ramp = (size: number): number[] => Array.from({ length: size }, (_, i) => ((i * 7) % 11) - 5)

function matmul(batch: number[], rows: number[], columns: number[], depth: number[]): ContractionKernel {
  const axes = (first: number, extents: number[]) => extents.map((_, i) => axisIndex(first + i))
  const [b, r, c, d] = [
    axes(0, batch),
    axes(batch.length, rows),
    axes(batch.length + rows.length, columns),
    axes(batch.length + rows.length + columns.length, depth),
  ]
  return {
    kind: 'contraction',
    label: 'matmul',
    batch,
    rows,
    columns,
    depth,
    left: loadScalar(0, flatten([...batch, ...rows, ...depth], [...b, ...r, ...d]), 'float32'),
    right: loadScalar(1, flatten([...columns, ...depth], [...c, ...d]), 'float32'),
    stores: [
      {
        kind: 'store',
        extents: [],
        buffer: 2,
        index: flatten([...batch, ...rows, ...columns], [...b, ...r, ...c]),
        value: { kind: 'result', step: 0, dtype: 'float32' },
      },
    ],
  }
}

function expectSameValues(kernel: ContractionKernel, sizes: readonly number[]): void {
  const run = (compute: (buffers: number[][]) => void): number[] => {
    const buffers = [ramp(sizes[0]!), ramp(sizes[1]!), new Array<number>(sizes[2]!).fill(0)]
    compute(buffers)
    return buffers[2]!
  }
  const normal = run((buffers) => runAxes(normalize(kernel), buffers))
  expect(normal).toEqual(run((buffers) => runContraction(kernel, buffers)))
  expect(normal.some((value) => value !== 0)).toBe(true)
}

const inputDilated: ConvolutionShape = {
  ...{ images: 2, groups: 1, channels: 2, outputs: 3, size: [3, 4], window: [3, 3] },
  ...{ inputDilation: 2, low: 1, high: 2 },
}

describe('normalize', () => {
  test('joins axes that are one axis to every index', () => {
    const kernel = matmul([], [2, 3], [4, 5], [2, 2])
    const { extents, rows, columns, depth } = normalize(kernel)
    expect([rows, columns, depth].map((axes) => axes.map((axis) => extents[axis]))).toEqual([[6], [20], [4]])
    expectSameValues(kernel, [24, 80, 120])
  })

  test('moves a batch axis that only the left operand uses to the rows', () => {
    const kernel = matmul([3], [4], [5], [2])
    const { batch, rows, extents } = normalize(kernel)
    expect(batch).toEqual([])
    expect(rows.map((axis) => extents[axis])).toEqual([12])
    expectSameValues(kernel, [24, 10, 60])
  })

  test('gives every group but the batch an axis', () => {
    const { batch, rows, columns, depth, extents } = normalize(matmul([1], [1], [], [1]))
    expect(batch).toEqual([])
    expect([rows, columns, depth].map((axes) => axes.map((axis) => extents[axis]))).toEqual([[1], [1], [1]])
  })

  test('leaves out the zeros of a dilated operand: phases of the image are batches, with the places of the window that count for each', () => {
    const { batch, columns, depth, left, right, extents } = normalize(convolutionKernel(inputDilated, false))
    expect([batch, columns, depth].map((axes) => axes.map((axis) => extents[axis]))).toEqual([
      [2, 2],
      [2, 3, 4],
      [2, 2, 2],
    ])
    expect([left, right].flatMap(conditionsOf).filter(({ divisor }) => divisor !== undefined)).toEqual([])
  })

  test('keeps all products with an operand that is not 0 between its elements', () => {
    const kernel = convolutionKernel(inputDilated, false)
    const operand = (value: Scalar): Scalar => (value.kind === 'guard' ? { ...value, otherwise: 1 } : value)
    const { depth, extents } = normalize({ ...kernel, left: operand(kernel.left), right: operand(kernel.right) })
    expect(depth.map((axis) => extents[axis])).toEqual([2, 3, 3])
  })

  test.each<[string, ConvolutionShape]>([
    ['padded', { images: 2, groups: 1, channels: 2, outputs: 3, size: [5, 6], window: [3, 3], low: 1, high: 1 }],
    ['strided', { images: 1, groups: 2, channels: 2, outputs: 2, size: [7, 8], window: [3, 2], stride: 2, low: 1 }],
    ['dilated', { images: 2, groups: 1, channels: 3, outputs: 2, size: [9], window: [3], kernelDilation: 2, high: 2 }],
    [
      'input-dilated',
      {
        images: 2,
        groups: 1,
        channels: 2,
        outputs: 3,
        size: [3, 4],
        window: [3, 3],
        inputDilation: 2,
        low: 1,
        high: 2,
      },
    ],
    [
      'input-dilated, by three, with a window of four',
      {
        images: 1,
        groups: 2,
        channels: 2,
        outputs: 2,
        size: [4, 3],
        window: [4, 3],
        inputDilation: 3,
        low: 2,
        high: 3,
      },
    ],
    ['pointwise', { images: 3, groups: 1, channels: 4, outputs: 3, size: [4, 4], window: [1, 1] }],
  ])('keeps the values of a %s convolution', (_, shape) => {
    const { images, groups, channels, outputs, size, window } = shape
    const sizes = [
      sizeOf([images, groups, channels, ...size]),
      sizeOf([groups, outputs, channels, ...window]),
      sizeOf([images, groups, outputs, ...resultSize(shape)]),
    ]
    for (const imagesAreColumns of [false, true]) expectSameValues(convolutionKernel(shape, imagesAreColumns), sizes)
  })
})
