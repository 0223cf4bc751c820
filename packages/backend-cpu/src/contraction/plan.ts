// Chooses how a contraction is computed: the micro-kernel, which operand lies along its vectors, the axes along which tiles lie
// and which operands are packed. Every combination is costed; the cheapest wins.

import type { Scalar } from '@neurite/compiler/kernel'
import { blockDepth, type DepthBlocks } from './depth-blocks.ts'
import type { Contraction } from './normalize.ts'
import { type EvenLoad, evenLoad, vectorAccess } from './operand-access.ts'
import { planCycles } from './plan-cost.ts'
import { depthTargets, type Product, type TileShape, tileShapes } from './tile.ts'

/** How the micro-kernel gets an operand. */
export type Operand =
  | { readonly kind: 'inPlace'; readonly load: EvenLoad }
  /**
   * Copied to scratch memory. `lines`: the depth of each row (column) contiguous. `panels`: the rows (columns) of a tile
   * contiguous, per point of depth. `along` is the axis that is contiguous in the copy; the copy is made of vectors if `vectors`.
   */
  | {
      readonly kind: 'packed'
      readonly layout: 'lines' | 'panels'
      readonly value: Scalar
      readonly along: number
      readonly vectors: boolean
    }

/** Tiles lie along `lane`; the other axes of the group are loops around. */
export interface Side {
  readonly outer: readonly number[]
  readonly lane: number
}

export interface ContractionPlan {
  /** With rows and columns exchanged where that is cheaper. */
  readonly contraction: Contraction
  readonly product: Product
  readonly tile: TileShape
  readonly rows: Side
  readonly columns: Side
  readonly depth: DepthBlocks
  readonly left: Operand
  readonly right: Operand
  /** Estimated. */
  readonly cycles: number
}

export function planContraction(contraction: Contraction): ContractionPlan {
  let best: ContractionPlan | undefined
  for (const oriented of [contraction, exchanged(contraction)])
    for (const product of ['outer', 'inner'] as const)
      for (const row of oriented.rows)
        for (const column of oriented.columns)
          for (const candidate of candidates(oriented, product, row, column))
            if (best === undefined || candidate.cycles < best.cycles) best = candidate
  return best!
}

function exchanged(contraction: Contraction): Contraction {
  const { rows, columns, left, right } = contraction
  return { ...contraction, rows: columns, columns: rows, left: right, right: left }
}

function* candidates(
  contraction: Contraction,
  product: Product,
  row: number,
  column: number,
): Generator<ContractionPlan> {
  const { left, right, depth: axes, extents } = contraction
  for (const leftOperand of operandChoices(contraction, left, product, 'left', row))
    for (const rightOperand of operandChoices(contraction, right, product, 'right', column)) {
      const joints = [leftOperand, rightOperand].map((operand) =>
        operand.kind === 'inPlace' ? operand.load.joint : axes.length,
      )
      const depth = blockDepth(axes, extents, { joint: Math.min(...joints), target: depthTargets[product] })
      for (const tile of tileShapes[product]) {
        const plan = {
          ...{ contraction, product, tile, depth },
          rows: { outer: contraction.rows.filter((axis) => axis !== row), lane: row },
          columns: { outer: contraction.columns.filter((axis) => axis !== column), lane: column },
          left: leftOperand,
          right: rightOperand,
        }
        yield { ...plan, cycles: planCycles(plan) }
      }
    }
}

function operandChoices(
  { depth, extents }: Contraction,
  value: Scalar,
  product: Product,
  side: 'left' | 'right',
  lane: number,
): Operand[] {
  const choices: Operand[] = []
  const load = evenLoad(value, lane, depth, extents)
  if (load !== undefined) {
    const fits = product === 'inner' ? load.depthStride === 1 : side === 'left' || load.lineStride === 1
    if (fits && (load.depthStride !== 0 || load.length === 1)) choices.push({ kind: 'inPlace', load })
  }
  const lastDepth = depth.at(-1)!
  const packed = (layout: 'lines' | 'panels'): Operand => {
    const along = layout === 'lines' ? lastDepth : lane
    return { kind: 'packed', layout, value, along, vectors: vectorAccess(value, along) !== 'none' }
  }
  if (product === 'inner' || side === 'left') choices.push(packed('lines'))
  if (product === 'outer') choices.push(packed('panels'))
  return choices
}
