import type { ContractionKernel, DType, Scalar } from '../../kernel/index.ts'

/** What a contraction found, for its stores. */
export function sum(dtype: DType): Scalar {
  return { kind: 'result', step: 0, dtype }
}

export function contraction(
  groups: Partial<Record<'batch' | 'rows' | 'columns' | 'depth', readonly number[]>>,
  left: Scalar,
  right: Scalar,
  ...stores: ContractionKernel['stores']
): ContractionKernel {
  const { batch = [], rows = [], columns = [], depth = [] } = groups
  return { kind: 'contraction', label: 'contraction', batch, rows, columns, depth, left, right, stores }
}
