// A contraction's plan in words, for explanations.

import type { ContractionPlan, Operand } from './plan.ts'

export function describePlan({ product, tile, left, right, rows, depth, columns, sums }: ContractionPlan): string {
  const way = product === 'outer' ? 'outer products' : 'inner products'
  return [
    `${tile.rows} × ${tile.columns} tiles of ${way}`,
    `left ${describeOperand(left)}, right ${describeOperand(right)}`,
    `blocks of ${rows.length} rows, ${columns.length} columns and depth ${depth.length}`,
    `sums stored from ${sums}`,
  ].join('; ')
}

function describeOperand(operand: Operand): string {
  if (operand.kind === 'inPlace') return 'in place'
  return operand.along === undefined ? 'packed one by one' : 'packed'
}
