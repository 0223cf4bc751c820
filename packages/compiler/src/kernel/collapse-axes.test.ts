import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { affine } from '../test/written-programs.ts'
import { collapseAxes } from './collapse-axes.ts'
import { allocateTypedArray } from './dtype.ts'
import { addIndex, axisIndex, constantIndex, divideIndex, type Index, rangeOfIndex, zeroIndex } from './indexing.ts'
import { interpreterOf } from './interpret.ts'
import type { ContractionKernel, Kernel, LoopKernel, Program } from './kernel.ts'
import { printKernel } from './print.ts'
import { type ProgramWriter, storeTo, writeProgram } from './program-writer.ts'
import { applyScalar, loadScalar, type Scalar } from './scalar.ts'

/** Row-major position over those axes for which `uses` holds, in the given order of axes. */
function rowMajor(extents: readonly number[], order: readonly number[], uses: (axis: number) => boolean): Index {
  let stride = 1
  let index = zeroIndex
  for (const axis of [...order].reverse()) {
    if (!uses(axis)) continue
    index = addIndex(index, axisIndex(axis, stride))
    stride *= extents[axis]!
  }
  return index
}

function sizeOf(extents: readonly number[]): number {
  return extents.reduce((size, extent) => size * extent, 1)
}

function load(buffer: number, index: Index): Scalar {
  return loadScalar(buffer, index, 'int32')
}

describe('a loop', () => {
  test('over contiguous elements becomes one axis', () => {
    const at = affine(12, 4, 1)
    const steps = [storeTo(1, at, applyScalar('negate', [load(0, at)]))]
    const collapsed = collapseAxes<LoopKernel>({ kind: 'loop', label: '', extents: [2, 3, 4], steps })
    expect(printKernel(collapsed, [])).toBe('loop "" [i < 24]\n  buffer1[i] = negate(buffer0[i])')
  })

  test('keeps apart what a transpose, a broadcast row or a condition tells apart', () => {
    const at = affine(12, 4, 1)
    const collapsed = (value: Scalar): readonly number[] =>
      collapseAxes<LoopKernel>({ kind: 'loop', label: '', extents: [2, 3, 4], steps: [storeTo(1, at, value)] }).extents
    expect(collapsed(load(0, affine(3, 1, 6)))).toEqual([6, 4])
    expect(collapsed(load(0, affine(0, 4, 1)))).toEqual([2, 12])
    const conditions = [{ index: axisIndex(2), low: 0, high: 3 }]
    expect(collapsed({ kind: 'guard', conditions, value: load(0, at), otherwise: 0, dtype: 'int32' })).toEqual([6, 4])
  })

  test('loses axes of extent 1, also inside divisions', () => {
    const dividend = addIndex(affine(5, 1, 2), constantIndex(7))
    const at: Index = { constant: 0, terms: [{ stride: 1, atom: { kind: 'quotient', dividend, divisor: 3 } }] }
    const steps = [storeTo(1, affine(9, 1, 9), load(0, at))]
    const collapsed = collapseAxes<LoopKernel>({ kind: 'loop', label: '', extents: [1, 6, 1], steps })
    expect(printKernel(collapsed, [])).toBe('loop "" [i < 6]\n  buffer1[i] = buffer0[floor((i + 1) / 3) + 2]')
  })

  test('joins the axes of a step by themselves, and those of steps with the same extents alike', () => {
    const value = load(0, affine(24, 12, 4, 1))
    const kernel: LoopKernel = {
      kind: 'loop',
      label: 'softmax',
      extents: [5, 2],
      steps: [
        { kind: 'reduce', extents: [3, 4], combine: 'add', value },
        { kind: 'reduce', extents: [12], combine: 'add', value: load(0, affine(24, 12, 1)) },
        storeTo(1, affine(24, 12, 4, 1), value, [3, 4]),
      ],
    }
    const text = 'buffer0[12i + j]'
    expect(printKernel(collapseAxes(kernel), [])).toBe(
      `loop "softmax" [i < 10]\n  result0 = sum over [j < 12] of ${text}\n  result1 = sum over [j < 12] of ${text}\n  for [j < 12]: buffer1[12i + j] = ${text}`,
    )
    const transposed = storeTo(1, affine(24, 12, 1, 3), value, [3, 4])
    const apart = collapseAxes<LoopKernel>({ ...kernel, steps: [kernel.steps[0]!, transposed] })
    expect(apart.steps.map(({ extents }) => extents)).toEqual([
      [3, 4],
      [3, 4],
    ])
  })

  test('shares the nodes that were shared, also between steps', () => {
    const root = applyScalar('negate', [load(0, affine(2, 1))])
    const element = applyScalar('add', [root, load(1, affine(0, 0, 1))])
    const collapsed = collapseAxes<LoopKernel>({
      kind: 'loop',
      label: '',
      extents: [3, 2],
      steps: [
        { kind: 'reduce', extents: [4], combine: 'add', value: element },
        storeTo(2, affine(8, 4, 1), element, [4]),
        storeTo(3, affine(2, 1), root),
      ],
    })
    const [reduce, whole, outer] = collapsed.steps
    expect(whole!.value).toBe(reduce!.value)
    const [shared] = (whole!.value as Scalar & { kind: 'apply' }).operands
    expect(outer!.value).toBe(shared)
  })
})

test('a contraction joins axes inside each of its groups and never across', () => {
  const kernel: ContractionKernel = {
    kind: 'contraction',
    label: '',
    batch: [1],
    rows: [2, 3],
    columns: [4, 1, 5],
    depth: [6, 7],
    left: load(0, affine(0, 126, 42, 0, 0, 0, 7, 1)),
    right: load(1, affine(0, 0, 0, 210, 42, 42, 7, 1)),
    stores: [storeTo(2, affine(0, 60, 20, 5, 0, 1), { kind: 'result', step: 0, dtype: 'int32' })],
  }
  expect(printKernel(collapseAxes(kernel), [])).toBe(
    `
contraction "" batch [] rows [i < 6] columns [j < 20] depth [k < 42]
  left = buffer0[42i + k]
  right = buffer1[42j + k]
  buffer2[20i + j] = result0`.trim(),
  )
})

describe('any kernel', () => {
  const extentsUpTo = (maxLength: number): fc.Arbitrary<number[]> =>
    fc.array(
      fc.integer({ min: 0, max: 3 }).map((n) => [1, 1, 2, 3][n]!),
      { maxLength },
    )

  /** Five values over the axes: contiguous, permuted, broadcast, padded and reshaped. */
  function valueOver(write: ProgramWriter, extents: readonly number[], seed: readonly number[]): Scalar {
    const all = extents.map((_, axis) => axis)
    const size = sizeOf(extents)
    const flat = rowMajor(extents, all, () => true)
    const pick = (n: number): number => seed[n % seed.length]!
    const turned = all.map((_, i) => all[(i + pick(0)) % all.length]!)
    const used = (axis: number): boolean => pick(axis + 1) % 2 === 0
    const divisor = 1 + (pick(2) % 5)
    const { quotient, remainder } = divideIndex(flat, divisor, extents)
    const shifted = addIndex(flat, constantIndex(-(pick(3) % 4)))
    const input = (index: Index): Scalar =>
      write.load(write.input('int32', rangeOfIndex(index, extents).high + 1), index)
    const padded: Scalar = {
      kind: 'guard',
      conditions: [{ index: shifted, low: 0, high: size, divisor: 1 + (pick(4) % 2) }],
      value: write.load(write.input('int32', size), shifted),
      otherwise: -7,
      dtype: 'int32',
    }
    const parts = [input(flat), input(rowMajor(extents, turned, () => true)), input(rowMajor(extents, all, used))]
    const chosen = [...parts, padded, input(quotient), input(remainder)].filter((_, i) => pick(i + 5) % 3 > 0)
    return chosen.reduce((a, b) => applyScalar('add', [a, b]), parts[0]!)
  }

  function loopProgram(outer: readonly number[], inner: readonly number[], seed: readonly number[]): Program {
    const write = writeProgram()
    const extents = [...outer, ...inner]
    const value = valueOver(write, extents, seed)
    const [whole, sum, place] = [extents, outer, outer].map((shape) => write.output('int32', sizeOf(shape)))
    const at = rowMajor(outer, Object.keys(outer).map(Number), () => true)
    const everywhere = rowMajor(extents, Object.keys(extents).map(Number), () => true)
    write.kernel({
      kind: 'loop',
      label: '',
      extents: outer,
      steps: [
        { kind: 'reduce', extents: inner, combine: 'add', value },
        { kind: 'reduce', extents: inner, combine: 'argMax', value },
        storeTo(whole!, everywhere, value, inner),
        storeTo(sum!, at, { kind: 'result', step: 0, dtype: 'int32' }),
        storeTo(place!, at, { kind: 'result', step: 1, dtype: 'int32' }),
      ],
    })
    return write.finish()
  }

  /** Everything in memory after a run with counting inputs. */
  function memoryAfter(program: Program, kernels: readonly Kernel[]): readonly (readonly number[])[] {
    const memory = program.buffers.map(({ dtype, size, role }) =>
      allocateTypedArray(dtype, size).map((_, i) => (role === 'input' ? (i * 37) % 101 : 0)),
    )
    interpreterOf({ ...program, kernels }, memory)()
    return memory.map((data) => [...data])
  }

  const seeds = fc.array(fc.nat(100), { minLength: 12, maxLength: 12 })

  test('computes the same values after the pass, over at most as many axes', () => {
    fc.assert(
      fc.property(extentsUpTo(4), extentsUpTo(3), seeds, (outer, inner, seed) => {
        const program = loopProgram(outer, inner, seed)
        const kernels = program.kernels.map((kernel) => collapseAxes(kernel))
        expect(memoryAfter(program, kernels)).toEqual(memoryAfter(program, program.kernels))
        const [kernel] = kernels as [LoopKernel]
        expect(kernel.extents.length).toBeLessThanOrEqual(outer.length)
        expect(kernel.extents).not.toContain(1)
      }),
      { numRuns: 300 },
    )
  })

  test('scatters in the same order after the pass', () => {
    fc.assert(
      fc.property(extentsUpTo(4), seeds, (extents, seed) => {
        const write = writeProgram()
        const value = valueOver(write, extents, seed)
        const out = write.output('int32', 5)
        const flat = rowMajor(extents, Object.keys(extents).map(Number), () => true)
        const index = divideIndex(flat, 5, extents).remainder
        write.kernel({ kind: 'scatter', label: '', extents, buffer: out, index, value })
        const program = write.finish()
        const kernels = program.kernels.map((kernel) => collapseAxes(kernel))
        expect(memoryAfter(program, kernels)).toEqual(memoryAfter(program, program.kernels))
      }),
    )
  })
})
