// Writes a contraction kernel: loops over blocks, operands packed where that pays, tiles of sums in registers, stores at the end.

import { type ContractionKernel, valuesIn } from '@neurite/compiler/kernel'
import { ExpressionEmitter } from '../expression/expression-emitter.ts'
import { Facts } from '../expression/facts.ts'
import { addressSum, pushSum } from '../expression/index-emission.ts'
import type { EmittedKernel, ProgramModule } from '../program/program-module.ts'
import { type SplittableLoop, splitOf } from '../program/split.ts'
import type { FunctionWriter } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import { BlockNest } from './block-nest.ts'
import { type BlockedContraction, cutContraction } from './blocked-contraction.ts'
import { describePlan } from './describe-plan.ts'
import { emitCopy, type Matrix, matrixInPlace, packedMatrix, valuesOfCopy } from './matrix.ts'
import { normalize, valuesOf } from './normalize.ts'
import type { Load } from './operand-access.ts'
import { type ContractionPlan, planContraction } from './plan.ts'
import { countPoints } from './plan-cost.ts'
import { cutForThreads, nanosecondsOf, sharedLoop } from './shared-loop.ts'
import {
  type SumsInMemory,
  storeFromMemory,
  storeTile,
  sumsInMemory,
  type TileStores,
  tileStores,
} from './stored-sums.ts'
import { type BlockOfTiles, type BlockOperand, emitTiles, type FinishedTile } from './tiles.ts'

/** Whether the kernel is computed by tiles. Other dtypes, single sums, sums of one product and few products are left to loops. */
export function hasTiles(
  { left, right, batch, rows, columns, depth }: ContractionKernel,
  fewestProducts: number,
): boolean {
  const sizeOf = (extents: readonly number[]): number => extents.reduce((size, extent) => size * extent, 1)
  const isFloat32 = left.dtype === 'float32' && right.dtype === 'float32'
  const [points, terms] = [sizeOf([...rows, ...columns]), sizeOf(depth)]
  return isFloat32 && points > 1 && terms > 1 && sizeOf(batch) * points * terms >= fewestProducts
}

/** A function that runs the kernel by tiles. */
export function emitContraction(program: ProgramModule, kernel: ContractionKernel): EmittedKernel {
  const best = planContraction(normalize(kernel))
  const plan = program.sharing === undefined ? best : cutForThreads(best, program.sharing)
  return { ...emitPlan(program, kernel.label, plan), kernel, note: describePlan(plan) }
}

/** A function that runs a contraction as planned. */
export function emitPlan(
  program: ProgramModule,
  label: string,
  plan: ContractionPlan,
): Pick<EmittedKernel, 'target' | 'split'> {
  const code = program.kernelFunction(label)
  const emission = new ContractionEmission(program, code, plan)
  emission.emit()
  const { shared } = emission
  return { target: code, split: shared && splitOf(shared, nanosecondsOf(plan)) }
}

/** From so many sums on, elementary functions are written in place in each store of a tile. */
const manyPoints = 16384

type Sums = ({ readonly place: 'registers' } & TileStores) | ({ readonly place: 'memory' } & SumsInMemory)

class ContractionEmission {
  readonly #code: FunctionWriter
  readonly #plan: ContractionPlan
  readonly #blocked: BlockedContraction
  readonly #left: Matrix
  readonly #right: Matrix
  readonly #sums: Sums
  readonly #emitter: ExpressionEmitter
  readonly #nest: BlockNest
  /** The loop that threads share. */
  readonly shared: SplittableLoop | undefined

  constructor(program: ProgramModule, code: FunctionWriter, plan: ContractionPlan) {
    const blocked = cutContraction(plan)
    const { extents, rows, columns, depth, left, right } = blocked
    this.#code = code
    this.#plan = plan
    this.#blocked = blocked
    const [leftAxes, rightAxes] = [
      { extents, lines: rows, depth },
      { extents, lines: columns, depth },
    ]
    this.#left =
      plan.left.kind === 'inPlace'
        ? matrixInPlace(left as Load, leftAxes)
        : packedMatrix(program, { ...plan.left, value: left }, leftAxes, [...depth.around, ...depth.inside])
    this.#right =
      plan.right.kind === 'inPlace'
        ? matrixInPlace(right as Load, rightAxes)
        : packedMatrix(program, { ...plan.right, value: right }, rightAxes, depth.inside)
    this.#sums =
      plan.sums === 'registers'
        ? { place: 'registers', ...tileStores(blocked) }
        : { place: 'memory', ...sumsInMemory(program, blocked) }
    const matrices = [this.#left, this.#right]
    const roots = [
      ...matrices.flatMap(({ copy, origin }) => (copy === undefined ? valuesIn(origin.index) : valuesOfCopy(copy))),
      ...valuesOf(this.#sums.stores),
    ]
    const resultAxes = this.#sums.place === 'registers' ? [this.#sums.row, this.#sums.column] : []
    const facts = new Facts({ extents, buffers: program.buffers, resultAxes }, roots)
    const points = countPoints(plan.contraction)
    this.#emitter = new ExpressionEmitter(program, code, facts, {
      inlineFunctions: points.batch * points.rows * points.columns >= manyPoints,
    })
    this.shared = program.sharing && sharedLoop(plan, blocked, program.sharing)
    this.#nest = new BlockNest(this.#emitter, extents, [rows, columns, depth], this.shared?.axis)
  }

  emit(): void {
    const { batch, rows, columns } = this.#blocked
    this.#nest.loops([...batch, ...rows.around], () => {
      this.#copy(this.#left)
      this.#nest.loops(columns.around, () => this.#block())
    })
  }

  #copy({ copy }: Matrix): void {
    if (copy !== undefined) this.#nest.part('packing', copy.axes, (nest, axes) => emitCopy(nest, copy, axes))
  }

  /** A block of rows and a block of columns. */
  #block(): void {
    const { depth } = this.#blocked
    const sums = this.#sums
    if (sums.place === 'memory' && depth.around.length > 0) this.#clear(sums)
    this.#nest.loops(depth.around, () => {
      this.#copy(this.#right)
      this.#nest.part('tiles', [], (nest) => this.#tiles(nest))
    })
    if (sums.place === 'memory') this.#nest.part('stores', sums.axes, (nest, axes) => storeFromMemory(nest, sums, axes))
  }

  #clear({ buffer, elements }: SumsInMemory): void {
    this.#emitter.program.pushAddress(this.#code, buffer)
    this.#code.i32(0)
    this.#code.i32(4 * elements)
    this.#code.memoryFill()
  }

  /** All tiles of a block, over a block of depth. */
  #tiles(nest: BlockNest): void {
    const { emitter } = nest
    const { code, scopes } = emitter
    const { rows, columns, depth } = this.#blocked
    const operand = ({ origin, lineStride, depthStride }: Matrix): BlockOperand => {
      scopes.push()
      pushSum(emitter, addressSum(origin))
      const address = code.keep('i32')
      scopes.pop()
      return { origin: address, lineStride: 4 * lineStride, depthStride: 4 * depthStride }
    }
    const { product, tile } = this.#plan
    const block: BlockOfTiles = {
      product,
      tile,
      left: operand(this.#left),
      right: operand(this.#right),
      rows: nest.lengthOf(rows),
      columns: nest.lengthOf(columns),
      depth: nest.lengthOf(depth),
    }
    const sums = this.#sums
    emitTiles(code, block, (tile) => {
      if (sums.place === 'registers') storeTile(nest, sums, tile)
      else this.#addToMemory(emitter, sums, tile)
    })
  }

  #addToMemory({ code, program }: ExpressionEmitter, { buffer, stride }: SumsInMemory, tile: FinishedTile): void {
    const { sums, start } = tile
    code.get(start.row)
    code.i32(stride)
    code.emit(opcode.i32_mul)
    code.get(start.column)
    code.emit(opcode.i32_add)
    code.i32(4)
    code.emit(opcode.i32_mul)
    program.pushAddress(code, buffer)
    code.emit(opcode.i32_add)
    const address = code.keep('i32')
    const isAdded = this.#blocked.depth.around.length > 0
    const places = sums.flatMap((vectors, line) => vectors.map((vector, place) => ({ vector, line, place })))
    // Engines compute the sums of a step in the order in which they are asked for here, with loads between in the reverse one.
    for (const { vector, line, place } of isAdded ? places.reverse() : places) {
      const offset = 4 * line * stride + 16 * place
      code.get(address)
      code.get(vector)
      if (isAdded) {
        code.get(address)
        code.memory(opcode.v128_load, offset)
        code.emit(opcode.f32x4_add)
      }
      code.memory(opcode.v128_store, offset)
    }
    code.release(address)
  }
}
