// Programs of one contraction of float32 inputs.

import {
  type Index,
  type Program,
  type ProgramWriter,
  type Scalar,
  type Store,
  storeTo,
} from '@neurite/compiler/kernel'
import { affine, elementsOf, oneKernel, rowMajor } from './both-backends.ts'

/** What the contraction adds up. */
export const sum: Scalar = { kind: 'result', step: 0, dtype: 'float32' }

export interface Groups {
  readonly batch?: readonly number[]
  readonly rows?: readonly number[]
  readonly columns?: readonly number[]
  readonly depth?: readonly number[]
}

export interface Operand {
  readonly size: number
  readonly index: Index
}

/** left · right, each an input read by an index, or by what `prologue` makes of it. */
export function product(
  { batch = [], rows = [], columns = [], depth = [] }: Groups,
  left: Operand,
  right: Operand,
  options: {
    readonly stores?: (write: ProgramWriter, points: readonly number[]) => readonly Store[]
    readonly prologue?: (value: Scalar) => Scalar
  } = {},
): Program {
  const points = [...batch, ...rows, ...columns]
  const { stores = storeSums, prologue = (value) => value } = options
  return oneKernel((write) => {
    const [a, b] = [left, right].map(({ size, index }) => prologue(write.load(write.input('float32', size), index)))
    return {
      kind: 'contraction',
      label: 'contraction',
      ...{ batch, rows, columns, depth },
      left: a!,
      right: b!,
      stores: stores(write, points),
    }
  })
}

function storeSums(write: ProgramWriter, points: readonly number[]): readonly Store[] {
  return [storeTo(write.output('float32', elementsOf(points)), rowMajor(points), sum)]
}

/** Matrices of m × k and k × n that lie as named. */
export function matrices(m: number, n: number, k: number, leftLies: string, rightLies: string): [Operand, Operand] {
  return [
    { size: m * k, index: leftLies === 'by rows' ? affine([k, 0, 1]) : affine([1, 0, m]) },
    { size: k * n, index: rightLies === 'by rows' ? affine([0, 1, n]) : affine([0, k, 1]) },
  ]
}
