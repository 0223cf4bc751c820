import {
  applyScalar,
  axisIndex,
  constantScalar,
  loadScalar,
  type ProgramWriter,
  type Scalar,
  type Store,
  storeTo,
} from '@neurite/compiler/kernel'
import { describe, expect, test } from 'vitest'
import { affine, rowMajor } from '../test/both-backends.ts'
import { type ConvolutionShape, convolutionProgram } from '../test/convolution-kernels.ts'
import { matrices, product, sum } from '../test/products.ts'
import { differencesOfPlans } from '../test/run-plans.ts'

describe('every plan', () => {
  test.each<[number, number, number]>([
    [1, 1, 1],
    [4, 8, 4],
    [5, 9, 7],
    [3, 17, 2],
    [1, 30, 11],
    [13, 1, 9],
    [7, 6, 13],
  ])('of a product %i × %i over %i', (m, n, k) => {
    for (const leftLies of ['by rows', 'by columns'])
      for (const rightLies of ['by rows', 'by columns']) {
        const operands = matrices(m, n, k, leftLies, rightLies)
        expect(differencesOfPlans(product({ rows: [m], columns: [n], depth: [k] }, ...operands))).toEqual([])
      }
  })

  test('of several axes in every group, no two of which are one', () => {
    const groups = { batch: [2], rows: [2, 3], columns: [3, 4], depth: [2, 5] }
    // Axes: batch 0, rows 1 2, columns 3 4, depth 5 6.
    const left = { size: 2 * 6 * 10, index: affine([60, 1, 4, 0, 0, 2, 12]) }
    const right = { size: 2 * 12 * 10, index: affine([1, 0, 0, 8, 2, 24, 48]) }
    const stores = (write: ProgramWriter): Store[] => [
      storeTo(write.output('float32', 2 * 6 * 12), affine([72, 1, 6, 2, 18]), sum),
    ]
    expect(differencesOfPlans(product(groups, left, right, { stores }))).toEqual([])
  })

  test('of operands that are expressions', () => {
    const [left, right] = matrices(6, 11, 9, 'by columns', 'by rows')
    const prologue = (value: Scalar): Scalar =>
      applyScalar('maximum', [applyScalar('tanh', [value]), constantScalar(-0.5, 'float32')])
    expect(differencesOfPlans(product({ rows: [6], columns: [11], depth: [9] }, left, right, { prologue }))).toEqual([])
  })

  test.each([
    ['in lanes', ['float32', 'bool', 'uint8']],
    ['one by one', ['bool', 'float64']],
  ] as const)('of a bias and an activation, stored in several dtypes %s', (_, dtypes) => {
    const [left, right] = matrices(7, 18, 5, 'by rows', 'by columns')
    const stores = (write: ProgramWriter, points: readonly number[]): Store[] => {
      const bias = write.load(write.input('float32', 18), axisIndex(1))
      const scale = write.load(write.input('float32', 7), axisIndex(0))
      const value = applyScalar('add', [applyScalar('multiply', [sum, scale]), bias])
      const relu = applyScalar('maximum', [value, constantScalar(0, 'float32')])
      return dtypes.map((dtype, place) =>
        storeTo(
          write.output(dtype, 126),
          // Every other one lies by columns.
          place % 2 === 0 ? rowMajor(points) : affine([1, 7]),
          dtype === 'float32' ? relu : applyScalar('cast', [relu], dtype),
        ),
      )
    }
    expect(differencesOfPlans(product({ rows: [7], columns: [18], depth: [5] }, left, right, { stores }))).toEqual([])
  })

  test('of an activation that takes many operations, for which a tile’s rows take turns', () => {
    const [left, right] = matrices(9, 21, 5, 'by rows', 'by columns')
    const stores = (write: ProgramWriter, points: readonly number[]): Store[] => {
      const bias = write.load(write.input('float32', 21), axisIndex(1))
      const scale = write.load(write.input('float32', 9), axisIndex(0))
      const before = applyScalar('add', [applyScalar('multiply', [sum, scale]), bias])
      const active = applyScalar('multiply', [before, applyScalar('tanh', [before])])
      return [before, active].map((value) => storeTo(write.output('float32', 189), rowMajor(points), value))
    }
    expect(differencesOfPlans(product({ rows: [9], columns: [21], depth: [5] }, left, right, { stores }))).toEqual([])
  })

  test('of states that are updated in place', () => {
    const [left, right] = matrices(9, 10, 6, 'by columns', 'by rows')
    const stores = (write: ProgramWriter, points: readonly number[]): Store[] => {
      const [weights, moments] = [write.state('float32', 90), write.state('float32', 90)]
      const moment = applyScalar('add', [
        applyScalar('multiply', [write.load(moments, rowMajor(points)), constantScalar(0.9, 'float32')]),
        sum,
      ])
      const weight = applyScalar('subtract', [write.load(weights, rowMajor(points)), moment])
      return [storeTo(moments, rowMajor(points), moment), storeTo(weights, rowMajor(points), weight)]
    }
    const program = product({ rows: [9], columns: [10], depth: [6] }, left, right, { stores })
    expect(differencesOfPlans(program)).toEqual([])
  })

  test('of stores that look up, divide and guard', () => {
    const [left, right] = matrices(5, 12, 4, 'by rows', 'by rows')
    const stores = (write: ProgramWriter, points: readonly number[]): Store[] => {
      const places = write.constant('int32', [3, 0, 2, 2, 1, 4, 0, 3, 1, 2, 4, 0])
      const place = write.load(places, axisIndex(1))
      const table = write.input('float32', 25)
      const lookedUp = loadScalar(
        table,
        {
          constant: 0,
          terms: [
            { stride: 5, atom: { kind: 'value', value: place, size: 5, fault: write.fault('no') } },
            { stride: 1, atom: { kind: 'axis', axis: 0 } },
          ],
        },
        'float32',
      )
      const third = { kind: 'quotient', dividend: axisIndex(1), divisor: 3 } as const
      const divided = loadScalar(table, { constant: 1, terms: [{ stride: 1, atom: third }] }, 'float32')
      const guarded: Scalar = {
        kind: 'guard',
        conditions: [{ index: affine([1, 1], -3), low: 0, high: 9 }],
        value: loadScalar(table, affine([1, 1], -3), 'float32'),
        otherwise: 7,
        dtype: 'float32',
      }
      const value = [lookedUp, divided, guarded].reduce((total, term) => applyScalar('add', [total, term]), sum)
      return [storeTo(write.output('float32', 60), rowMajor(points), value)]
    }
    expect(differencesOfPlans(product({ rows: [5], columns: [12], depth: [4] }, left, right, { stores }))).toEqual([])
  })

  test.each<[string, ConvolutionShape]>([
    ['plain', { images: 2, groups: 1, channels: 2, outputs: 5, size: [6, 7], window: [3, 2] }],
    ['padded', { images: 2, groups: 1, channels: 3, outputs: 4, size: [5, 6], window: [3, 3], low: 1, high: 1 }],
    ['strided', { images: 1, groups: 2, channels: 2, outputs: 3, size: [9, 10], window: [3, 2], stride: 2, low: 1 }],
    ['dilated', { images: 2, groups: 1, channels: 3, outputs: 2, size: [13], window: [3], kernelDilation: 2, high: 2 }],
    [
      'by the input of a strided one',
      {
        ...{ images: 2, groups: 1, channels: 3, outputs: 2, size: [4, 5], window: [3, 3] },
        ...{ inputDilation: 2, low: 2, high: 2, isTransposed: true, isFlipped: true },
      },
    ],
    [
      'by the kernel of a padded one',
      {
        ...{ images: 3, groups: 1, channels: 4, outputs: 2, size: [6, 6], window: [6, 6] },
        ...{ low: 1, high: 1, isTransposed: true },
      },
    ],
    [
      'grouped by channel',
      { images: 2, groups: 4, channels: 1, outputs: 1, size: [6, 6], window: [3, 3], low: 1, high: 1 },
    ],
    ['pointwise', { images: 3, groups: 1, channels: 5, outputs: 3, size: [4, 4], window: [1, 1] }],
    [
      'in three dimensions',
      { images: 1, groups: 1, channels: 2, outputs: 2, size: [3, 4, 5], window: [2, 2, 2], low: 1 },
    ],
  ])('of a convolution: %s', (_, shape) => {
    for (const imagesAreColumns of [false, true])
      expect(differencesOfPlans(convolutionProgram(shape, imagesAreColumns))).toEqual([])
  })
})
