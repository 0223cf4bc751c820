// Chooses how a contraction is computed: the micro-kernel, which operand lies along its vectors, the blocks, which operands are
// packed and where the stores happen. Every combination is costed; the cheapest wins.

import { nestedIndices } from '@neurite/compiler/kernel'
import { type BlockSize, type Blocks, blockAxes, pointsOf } from './blocks.ts'
import { type Contraction, valuesOf } from './normalize.ts'
import { type EvenLoad, evenLoad, haveLanes, jointAxes } from './operand-access.ts'
import { choosePacking, type Layout, type PackableValue, type Packing, packable } from './packing.ts'
import {
  bytesPerStep,
  countPoints,
  missesPerDepth,
  type PointCounts,
  planCycles,
  type StoreCycles,
  storeCycles,
} from './plan-cost.ts'
import { indicesOf } from './strides.ts'
import { type BlockSizes, blockSizes, type Product, type TileShape, tileShapes } from './tile.ts'

/** How the micro-kernel gets an operand. */
export type Operand = { readonly kind: 'inPlace'; readonly load: EvenLoad } | Packing

/** Where the stores find the sums: in the registers of a tile, or (once all blocks of depth have been added) in scratch memory. */
export type SumsPlace = 'registers' | 'memory'

export interface ContractionPlan {
  /** With rows and columns exchanged where that is cheaper. */
  readonly contraction: Contraction
  readonly product: Product
  readonly tile: TileShape
  readonly rows: Blocks
  readonly columns: Blocks
  readonly depth: Blocks
  readonly left: Operand
  readonly right: Operand
  readonly sums: SumsPlace
  /** Estimated. */
  readonly cycles: number
}

/** The cheapest plan. */
export function planContraction(contraction: Contraction): ContractionPlan {
  let best: ContractionPlan | undefined
  for (const plan of contractionPlans(contraction)) if (best === undefined || plan.cycles < best.cycles) best = plan
  return best!
}

/** All plans that compute the contraction. */
export function* contractionPlans(
  contraction: Contraction,
  sizes: typeof blockSizes = blockSizes,
): Generator<ContractionPlan> {
  const { left, right, rows, columns, depth } = contraction
  const values = { left: packable(left, [...rows, ...depth]), right: packable(right, [...columns, ...depth]) }
  yield* orientedPlans(contraction, values, sizes)
  yield* orientedPlans(exchanged(contraction), { left: values.right, right: values.left }, sizes)
}

function exchanged(contraction: Contraction): Contraction {
  const { rows, columns, left, right } = contraction
  return { ...contraction, rows: columns, columns: rows, left: right, right: left }
}

function* orientedPlans(
  contraction: Contraction,
  values: Sides<PackableValue>,
  sizes: typeof blockSizes,
): Generator<ContractionPlan> {
  const stores = storeTraits(contraction)
  const points = countPoints(contraction)
  const { rows, columns, depth } = contraction
  const all = { rows: rows.length, columns: columns.length, depth: depth.length }
  for (const product of ['outer', 'inner'] as const) {
    const ways = tileShapes[product].map((tile): Way => {
      const cuts = new Cuts(contraction, values, sizes[product], tile)
      return { contraction, product, tile, cuts, points, perStore: stores.cycles }
    })
    const rights = operandSources(contraction, product, 'right')
    for (const left of operandSources(contraction, product, 'left'))
      for (const right of rights) {
        const joints = fewest(fewest(all, jointsOf(left, 'rows')), jointsOf(right, 'columns'))
        const storable = fewest(joints, stores.joints)
        // Mostly the stores move evenly wherever the operands do.
        const areStorable = sameJoints(storable, joints)
        for (const way of ways) {
          const memory = way.cuts.operands(left, right, joints)
          const registers = areStorable ? memory : way.cuts.operands(left, right, storable)
          if (registers.depth.count === 1 && stores.haveLanes) yield planned(way, registers, 'registers')
          yield planned(way, memory, 'memory')
        }
      }
  }
}

/** What the plans of a tile have in common. */
interface Way extends Pick<ContractionPlan, 'contraction' | 'product' | 'tile'> {
  readonly cuts: Cuts
  readonly points: PointCounts
  readonly perStore: StoreCycles
}

function planned(
  { contraction, product, tile, points, perStore }: Way,
  { rows, columns, depth, left, right }: BlockedOperands,
  sums: SumsPlace,
): ContractionPlan {
  const cycles = planCycles({ product, tile, rows, columns, depth, left, right, sums }, points, perStore)
  return { contraction, product, tile, rows, columns, depth, left, right, sums, cycles }
}

interface Sides<Value> {
  readonly left: Value
  readonly right: Value
}

/** Blocks of a group by what they were asked to be. */
interface SizedBlocks extends Pick<BlockSize, 'joint' | 'target'> {
  readonly group: keyof GroupBlocks
  readonly blocks: Blocks
}

/** An operand packed in a layout: a block of rows with its whole depth, a block of columns with a block of depth. */
interface PackedBlock {
  readonly side: 'left' | 'right'
  readonly layout: Layout
  readonly lines: Blocks
  readonly depth: Blocks | undefined
  readonly packing: Packing
}

/** The blocks of a tile and the operands packed in them, each chosen once: most plans have the same. */
class Cuts {
  readonly #contraction: Contraction
  readonly #values: Sides<PackableValue>
  readonly #sizes: BlockSizes
  readonly #tile: TileShape
  readonly #blocks: SizedBlocks[] = []
  readonly #packed: PackedBlock[] = []

  constructor(contraction: Contraction, values: Sides<PackableValue>, sizes: BlockSizes, tile: TileShape) {
    this.#contraction = contraction
    this.#values = values
    this.#sizes = sizes
    this.#tile = tile
  }

  operands(left: OperandSource, right: OperandSource, joints: Joints): BlockedOperands {
    const bytes = bytesPerStep(left, this.#tile.rows) + bytesPerStep(right, this.#tile.columns)
    const rows = this.#blocksOf('rows', joints.rows, this.#sizes.rows)
    const columns = this.#blocksOf('columns', joints.columns, this.#sizes.columns)
    const depth = this.#blocksOf('depth', joints.depth, Math.floor(this.#sizes.tileBytes / bytes))
    return {
      rows,
      columns,
      depth,
      left: left.kind === 'inPlace' ? left : this.#packingOf('left', left.layout, rows),
      right: right.kind === 'inPlace' ? right : this.#packingOf('right', right.layout, columns, depth),
    }
  }

  #blocksOf(group: keyof GroupBlocks, joint: number, target: number): Blocks {
    for (const known of this.#blocks)
      if (known.group === group && known.joint === joint && known.target === target) return known.blocks
    const { extents, [group]: axes } = this.#contraction
    const isDepth = group === 'depth'
    const blocks = blockAxes(axes, extents, {
      joint,
      target,
      isMost: isDepth,
      multiple: isDepth ? 4 : this.#tile[group],
    })
    this.#blocks.push({ group, joint, target, blocks })
    return blocks
  }

  #packingOf(side: 'left' | 'right', layout: Layout, lines: Blocks, depth?: Blocks): Packing {
    for (const known of this.#packed)
      if (known.side === side && known.layout === layout && known.lines === lines && known.depth === depth)
        return known.packing
    const { extents, depth: all } = this.#contraction
    const stepped = extents.with(lines.blocked, lines.step)
    if (depth !== undefined) stepped[depth.blocked] = depth.step
    const packing = choosePacking(this.#values[side], layout, {
      lines: insideOf(lines),
      depth: depth === undefined ? all : insideOf(depth),
      extents: stepped,
    })
    this.#packed.push({ side, layout, lines, depth, packing })
    return packing
  }
}

/** What plans depend on of the stores. */
interface StoreTraits {
  /** Tiles in registers are stored along axes that are one to every index. */
  readonly joints: Joints
  readonly haveLanes: boolean
  readonly cycles: StoreCycles
}

function storeTraits(contraction: Contraction): StoreTraits {
  const { stores, rows, columns, extents } = contraction
  const values = valuesOf(stores)
  const indices = [...indicesOf(values), ...stores.map(({ index }) => index)].flatMap(nestedIndices)
  return {
    joints: {
      rows: jointAxes(indices, rows, extents),
      columns: jointAxes(indices, columns, extents),
      depth: Infinity,
    },
    haveLanes: haveLanes(values),
    cycles: storeCycles(contraction),
  }
}

/** Number of trailing axes of each group that something moves evenly through. */
interface Joints {
  readonly rows: number
  readonly columns: number
  readonly depth: number
}

const unlimited: Joints = { rows: Infinity, columns: Infinity, depth: Infinity }

function fewest(a: Joints, b: Joints): Joints {
  return {
    rows: Math.min(a.rows, b.rows),
    columns: Math.min(a.columns, b.columns),
    depth: Math.min(a.depth, b.depth),
  }
}

function sameJoints(a: Joints, b: Joints): boolean {
  return a.rows === b.rows && a.columns === b.columns && a.depth === b.depth
}

function jointsOf(operand: OperandSource, lines: 'rows' | 'columns'): Joints {
  if (operand.kind === 'packed') return unlimited
  return { ...unlimited, [lines]: operand.load.jointLines, depth: operand.load.jointDepth }
}

type BlockedOperands = GroupBlocks & Sides<Operand>

interface GroupBlocks {
  readonly rows: Blocks
  readonly columns: Blocks
  readonly depth: Blocks
}

function insideOf({ blocked, inner }: Blocks): number[] {
  return [blocked, ...inner]
}

/** Whether blocks of any size lie evenly. */
function isEvenThroughout(
  { jointLines, jointDepth }: EvenLoad,
  lines: readonly number[],
  depth: readonly number[],
): boolean {
  return jointLines >= lines.length && jointDepth >= depth.length
}

/** An operand in place, or a layout in which it may be packed. */
export type OperandSource = Exclude<Operand, Packing> | { readonly kind: 'packed'; readonly layout: Layout }

function operandSources(contraction: Contraction, product: Product, side: 'left' | 'right'): OperandSource[] {
  const { depth, extents, [side]: value } = contraction
  const lines = side === 'left' ? contraction.rows : contraction.columns
  const choices: OperandSource[] = []
  const load = evenLoad(value, lines, depth, extents)
  if (load !== undefined) {
    const { lineStride, depthStride } = load
    const isDeep = extents[depth.at(-1)!]! > 1
    const fits = product === 'inner' ? depthStride === 1 || !isDeep : side === 'left' || lineStride === 1
    if (fits && (depthStride !== 0 || !isDeep)) {
      const inPlace: Operand = { kind: 'inPlace', load }
      choices.push(inPlace)
      // Packing it would change nothing but what that takes.
      if (isEvenThroughout(load, lines, depth) && missesPerDepth(inPlace, product, pointsOf(depth, extents)) === 0)
        return choices
    }
  }
  if (product === 'inner' || side === 'left') choices.push({ kind: 'packed', layout: 'lines' })
  if (product === 'outer') choices.push({ kind: 'packed', layout: 'steps' })
  return choices
}
