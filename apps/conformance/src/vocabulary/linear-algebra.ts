import {
  cholesky,
  determinant,
  inverse,
  logDeterminant,
  matrixPower,
  meshgrid,
  qr,
  solve,
  solveTriangular,
  type Tensor,
  trace,
} from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly A: Tensor
  readonly B: Tensor
  readonly input: Tensor
  readonly tensors: readonly Tensor[]
}

interface Attributes {
  readonly indexing?: 'ij' | 'xy'
  readonly n: number
  readonly upper: boolean
}

export const linearAlgebra: Operations<'linearAlgebra', Inputs, Attributes> = {
  cholesky: ({ input }) => cholesky(input),
  linalg_det: ({ A }) => determinant(A),
  linalg_inv: ({ A }) => inverse(A),
  linalg_matrix_power: ({ A }, { n }) => matrixPower(A, n),
  linalg_slogdet: ({ A }) => {
    const { sign, logAbsolute } = logDeterminant(A)
    return [sign, logAbsolute]
  },
  linalg_solve: ({ A, B }) => solve(A, B),
  linalg_solve_triangular: ({ A, B }, { upper }) => solveTriangular(A, B, { upper }),
  meshgrid: ({ tensors }, { indexing = 'ij' }) => meshgrid(tensors, { indexing }),
  qr_positive: ({ A }) => {
    const { q, r } = qr(A)
    return [q, r]
  },
  trace: ({ input }) => trace(input),
}
