import {
  applyScalar,
  axisIndex,
  type Combine,
  constantScalar,
  type DType,
  dtypeOfReduce,
  dtypesOfCombine,
  type Scalar,
  storeTo,
  zeroIndex,
} from '@neurite/compiler/kernel'
import { describe, expect, test } from 'vitest'
import { affine, differencesBetweenBackends, elementsOf, loopProgram, rowMajor } from '../test/both-backends.ts'

describe('reductions', () => {
  const combines: Combine[] = ['add', 'multiply', 'maximum', 'minimum', 'argMax']
  const cases = combines.flatMap((combine) => dtypesOfCombine[combine].map((dtype) => [combine, dtype] as const))
  const reduce = (
    combine: Combine,
    dtype: DType,
    outer: readonly number[],
    inner: readonly number[],
    strides: readonly number[],
  ) =>
    loopProgram((write) => {
      const x = write.input(dtype, elementsOf(outer) * elementsOf(inner))
      const step = { kind: 'reduce', extents: inner, combine, value: write.load(x, affine(strides)) } as const
      const type = dtypeOfReduce(step)
      const out = write.output(type, elementsOf(outer))
      return { extents: outer, steps: [step, storeTo(out, rowMajor(outer), { kind: 'result', step: 0, dtype: type })] }
    })

  test.each(cases)('%s of %s along rows, columns, everything and nothing', (combine, dtype) => {
    for (const [outer, inner, strides] of [
      [[], [37], [1]],
      [[], [3], [1]],
      [[3], [21], [21, 1]],
      [[21], [3], [1, 21]],
      [[18], [5], [1, 18]],
      [
        [2, 6],
        [3, 5],
        [90, 1, 30, 6],
      ],
      [[4], [2, 3, 5], [30, 15, 1, 3]],
      [[5], [0], [0, 0]],
    ] as const) {
      const program = reduce(combine, dtype, outer, inner, strides)
      expect(differencesBetweenBackends(program), JSON.stringify([outer, inner])).toEqual([])
    }
  })

  test('sums of many are accurate', () => {
    expect(differencesBetweenBackends(reduce('add', 'float32', [], [300_001], [1]), { tolerance: 1e-6 })).toEqual([])
    expect(differencesBetweenBackends(reduce('add', 'float32', [5], [30_001], [1, 5]), { tolerance: 1e-5 })).toEqual([])
  })

  test('argMax finds the first NaN, else the first of the largest', () => {
    for (const data of [
      [1, 5, 2, 5, 5, 0, 1, 2, 3],
      [1, Number.NaN, 2, Infinity, 3, Number.NaN, 1, 1, 1],
      Array(9).fill(-Infinity),
      [-Infinity, -Infinity, -Infinity, -Infinity, -Infinity, -3, -4, -Infinity, -3],
      [0, 0, 0, 0, 0, 0, 0, 0, Number.NaN],
    ])
      for (const outer of [[], [4]])
        expect(
          differencesBetweenBackends(reduce('argMax', 'float32', outer, [9], outer.length ? [1, 4] : [1]), {
            data: { 0: outer.length ? data.flatMap((x) => [x, -x, x, 0]) : data },
          }),
        ).toEqual([])
  })

  test('softmax over rows and over columns, in place and with two sums in one loop', () => {
    for (const [extents, own, strides] of [
      [5, 13, [13, 1]],
      [13, 5, [1, 13]],
      [6, 3, [3, 1]],
    ] as const) {
      const program = loopProgram((write) => {
        const state = write.state('float32', extents * own)
        const out = write.output('float32', extents)
        const element = write.load(state, affine(strides))
        const result = (step: number): Scalar => ({ kind: 'result', step, dtype: 'float32' })
        const exponential = applyScalar('exp', [applyScalar('subtract', [element, result(0)])])
        return {
          extents: [extents],
          steps: [
            { kind: 'reduce', extents: [own], combine: 'maximum', value: element },
            { kind: 'reduce', extents: [own], combine: 'add', value: exponential },
            { kind: 'reduce', extents: [own], combine: 'add', value: applyScalar('multiply', [element, element]) },
            storeTo(state, affine(strides), applyScalar('divide', [exponential, result(1)]), [own]),
            storeTo(out, axisIndex(0), applyScalar('sqrt', [result(2)])),
          ],
        }
      })
      expect(differencesBetweenBackends(program), JSON.stringify(strides)).toEqual([])
    }
  })

  test('a step after a store reads what was stored', () => {
    const program = loopProgram((write) => {
      const [state, x, out] = [write.state('float32', 9), write.input('float32', 45), write.output('float32', 9)]
      const element = write.load(state, axisIndex(0))
      return {
        extents: [9],
        steps: [
          storeTo(state, axisIndex(0), applyScalar('add', [element, constantScalar(1, 'float32')])),
          { kind: 'reduce', extents: [5], combine: 'add', value: write.load(x, affine([5, 1])) },
          storeTo(out, axisIndex(0), applyScalar('multiply', [element, { kind: 'result', step: 1, dtype: 'float32' }])),
        ],
      }
    })
    expect(differencesBetweenBackends(program)).toEqual([])
  })

  test('a single point', () => {
    const program = loopProgram((write) => {
      const [x, out] = [write.input('float32', 1), write.output('float32', 1)]
      return { extents: [], steps: [storeTo(out, zeroIndex, applyScalar('tanh', [write.load(x, zeroIndex)]))] }
    })
    expect(differencesBetweenBackends(program)).toEqual([])
  })
})
