// Valid programs, to be broken in one place each.

import { expect } from 'vitest'
import { type Constraint, constraints, KernelError } from '../kernel/constraints.ts'
import type { DType } from '../kernel/dtype.ts'
import { axisIndex, type Index } from '../kernel/indexing.ts'
import type { Buffer, ContractionKernel, LoopKernel, Program } from '../kernel/kernel.ts'
import { storeTo } from '../kernel/program-writer.ts'
import { applyScalar, loadScalar, type Scalar } from '../kernel/scalar.ts'
import { validate } from '../kernel/validate.ts'
import { affine, programOf } from './written-programs.ts'

export function lookUp(value: Scalar, size: number, fault = 0): Index {
  return { constant: 0, terms: [{ stride: 1, atom: { kind: 'value', value, size, fault } }] }
}

export function loop(extents: readonly number[], ...steps: LoopKernel['steps']): LoopKernel {
  return { kind: 'loop', label: 'a + b', extents, steps }
}

/** Validates and returns the error, which must be of the given rule. */
export function breaks(constraint: Constraint, program: Program): string {
  try {
    validate(program)
  } catch (error) {
    if (!(error instanceof KernelError)) throw error
    expect(error.message).toContain(`(${constraint}: ${constraints[constraint]})`)
    expect(error.constraint).toBe(constraint)
    return error.message
  }
  throw new Error(`Nothing was found, but ${constraint} is broken.`)
}

/** out[i] = negate(x[i]) over 4 elements: buffers 0 and 1. */
export const copy: Program = programOf((write) => {
  const [x, out] = [write.input('float32', 4), write.output('float32', 4)]
  return loop([4], storeTo(out, axisIndex(0), applyScalar('negate', [write.load(x, axisIndex(0))])))
})

export function withBuffer(number: number, change: Partial<Buffer>): Program {
  return {
    ...copy,
    buffers: copy.buffers.map((buffer, other) => (other === number ? { ...buffer, ...change } : buffer)),
  }
}

/** The copy with another value stored. */
export function storing(value: Scalar, index: Index = axisIndex(0), extents: readonly number[] = [4]): Program {
  return { ...copy, kernels: [loop(extents, storeTo(1, index, value))], faults: [{ message: '' }] }
}

export const element: Scalar = loadScalar(0, axisIndex(0), 'float32')

/** A contraction of [2, 3] with [4, 3] and a bias. */
export const contraction: Program = programOf((write) => {
  const [a, b, c] = [write.input('float32', 6), write.input('float32', 12), write.input('float32', 4)]
  const out = write.output('float32', 8)
  const sum: Scalar = { kind: 'result', step: 0, dtype: 'float32' }
  return {
    kind: 'contraction',
    label: 'contract',
    batch: [],
    rows: [2],
    columns: [4],
    depth: [3],
    left: write.load(a, affine(3, 0, 1)),
    right: write.load(b, affine(0, 3, 1)),
    stores: [storeTo(out, affine(4, 1), applyScalar('add', [sum, write.load(c, affine(0, 1))]))],
  }
})

export function contracting(change: Partial<ContractionKernel>): Program {
  return { ...contraction, kernels: [{ ...(contraction.kernels[0] as ContractionKernel), ...change }] }
}

/** Row sums of [4, 1]. */
export function summing(reduced: Scalar, step: number, dtype: DType): Program {
  const reduce = { kind: 'reduce', extents: [1], combine: 'add', value: reduced } as const
  const result: Scalar = { kind: 'result', step, dtype }
  const isFloat = dtype === 'float32' || dtype === 'float64'
  const value = isFloat ? result : applyScalar('cast', [result], 'float32')
  return { ...copy, kernels: [loop([4], reduce, storeTo(1, axisIndex(0), value))] }
}
