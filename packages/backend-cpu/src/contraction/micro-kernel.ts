// Writes one tile: its sums are kept in locals, which the engine keeps in registers, while the loop goes through a block of depth.

import { hasRelaxedSimd } from '../wasm/features.ts'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import { type Product, type TileShape, vectorsOfRight } from './tile.ts'

/** Where a tile's rows (or columns) begin, and how they lie. */
export interface TileOperand {
  /** Address of the first row (column) at the first point of depth. */
  readonly pointer: Local
  /** In bytes. */
  readonly lineStride: number
  /** In bytes. */
  readonly depthStride: number
}

export interface Tile {
  readonly product: Product
  readonly shape: TileShape
  readonly left: TileOperand
  readonly right: TileOperand
  readonly depth: BlockLength
}

/** Points in a block: how many there are, and how many there may be: in a full block, and in the last one. */
export interface BlockLength {
  readonly actual: Local
  readonly full: number
  readonly shorter: number
}

/** Sums of a tile, by row and vector of four columns. The locals are the caller's to release. */
export type TileSums = readonly (readonly Local[])[]

export function emitTile(code: FunctionWriter, tile: Tile): TileSums {
  const { rows, columns } = tile.shape
  const vectors = vectorsOfRight(tile.product, columns)
  const accumulators = Array.from({ length: rows }, () => Array.from({ length: vectors }, () => code.local('v128')))
  // A constant takes many bytes.
  const [first, ...others] = accumulators.flat()
  code.f32x4(0)
  code.set(first!)
  for (const accumulator of others) {
    code.get(first!)
    code.set(accumulator)
  }
  const [p, q] = [copyOf(code, tile.left.pointer), copyOf(code, tile.right.pointer)]
  if (tile.product === 'outer') outerSteps(code, tile, accumulators, p, q)
  else innerSteps(code, tile, accumulators, p, q)
  code.release(p)
  code.release(q)
  return tile.product === 'outer' ? accumulators : accumulators.map((row) => addLanes(code, row))
}

function copyOf(code: FunctionWriter, pointer: Local): Local {
  code.get(pointer)
  return code.keep('i32')
}

function outerSteps(code: FunctionWriter, { left, right, depth }: Tile, sums: TileSums, p: Local, q: Local): void {
  depthLoop(code, depth, { left, right, p, q, points: 1 }, () =>
    addProducts(code, sums, {
      pushFactor: (row) => {
        code.get(p)
        code.memory(opcode.v128_load32_splat, row * left.lineStride)
      },
      pushColumn: (place) => {
        code.get(q)
        code.memory(opcode.v128_load, 16 * place)
      },
    }),
  )
}

function innerSteps(code: FunctionWriter, { left, right, depth }: Tile, sums: TileSums, p: Local, q: Local): void {
  const step = (lanes: number): void => {
    const push = (pointer: Local, offset: number): void => {
      code.get(pointer)
      code.memory(opcode.v128_load, offset)
      if (lanes < 4) {
        // What follows the depth may be anything, also NaN, so both operands become 0.
        code.i32x4(-1, lanes > 1 ? -1 : 0, lanes > 2 ? -1 : 0, 0)
        code.emit(opcode.v128_and)
      }
    }
    addProducts(code, sums, {
      pushFactor: (row) => push(p, row * left.lineStride),
      pushColumn: (place) => push(q, place * right.lineStride),
    })
  }
  depthLoop(code, depth, { left, right, p, q, points: 4 }, () => step(4))
  const [fullRest, shorterRest] = [depth.full % 4, depth.shorter % 4]
  const rest = (points: number) => (): void => {
    if (points > 0) step(points)
  }
  if (fullRest === shorterRest) rest(fullRest)()
  else {
    code.get(depth.actual)
    code.i32(3)
    code.emit(opcode.i32_and)
    code.i32(fullRest)
    code.emit(opcode.i32_eq)
    code.if(rest(fullRest), rest(shorterRest))
  }
}

interface StepOperands {
  readonly pushFactor: (row: number) => void
  readonly pushColumn: (place: number) => void
}

/**
 * Adds to every sum the product of its row's factor and its column's vector. Each is loaded right before its first use: engines keep this order
 * where they can, and loads in a row delay the arithmetic.
 */
function addProducts(code: FunctionWriter, sums: TileSums, { pushFactor, pushColumn }: StepOperands): void {
  const factors = sums.map(() => code.local('v128'))
  const column = code.local('v128')
  for (const place of sums[0]!.keys()) {
    pushColumn(place)
    code.set(column)
    sums.forEach((row, line) => {
      const factor = factors[line]!
      if (place === 0) {
        pushFactor(line)
        code.set(factor)
      }
      multiplyAdd(code, row[place]!, factor, column)
    })
  }
  for (const local of [...factors, column]) code.release(local)
}

interface Steps {
  readonly left: TileOperand
  readonly right: TileOperand
  readonly p: Local
  readonly q: Local
  /** Of depth, per step. */
  readonly points: number
}

/** Runs the body for every whole step of the block; afterwards the pointers stand behind the last. */
function depthLoop(
  code: FunctionWriter,
  length: BlockLength,
  { left, right, p, q, points }: Steps,
  body: () => void,
): void {
  const advance = (pointer: Local, { depthStride }: TileOperand): void => {
    code.get(pointer)
    code.i32(points * depthStride)
    code.emit(opcode.i32_add)
    code.set(pointer)
  }
  const advanceBoth = (): void => {
    advance(p, left)
    advance(q, right)
  }
  // Whichever operand moves tells the end.
  const [pointer, { depthStride }] = right.depthStride !== 0 ? [q, right] : [p, left]
  const end = code.local('i32')
  code.get(pointer)
  code.get(length.actual)
  if (points > 1) {
    code.i32(-points)
    code.emit(opcode.i32_and)
  }
  code.i32(depthStride)
  code.emit(opcode.i32_mul, opcode.i32_add)
  code.set(end)
  const run = (): void =>
    code.loop((again) => {
      body()
      advanceBoth()
      code.get(pointer)
      code.get(end)
      code.emit(opcode.i32_ne)
      code.branchIf(again)
    })
  if (Math.min(length.full, length.shorter) < points) {
    code.get(pointer)
    code.get(end)
    code.emit(opcode.i32_ne)
    code.if(run)
  } else run()
  code.release(end)
}

function multiplyAdd(code: FunctionWriter, sum: Local, a: Local, b: Local): void {
  if (hasRelaxedSimd()) {
    for (const operand of [a, b, sum]) code.get(operand)
    code.emit(opcode.f32x4_relaxed_madd)
  } else {
    for (const operand of [sum, a, b]) code.get(operand)
    code.emit(opcode.f32x4_mul, opcode.f32x4_add)
  }
  code.set(sum)
}

/** The sums of the lanes of each accumulator, four accumulators to a vector. */
function addLanes(code: FunctionWriter, accumulators: readonly Local[]): Local[] {
  const result: Local[] = []
  for (let first = 0; first < accumulators.length; first += 4) {
    const [a, b = a, c = a, d = c] = accumulators.slice(first, first + 4)
    const pairs = [
      [a, b],
      [c, d],
    ].map(([x, y]) => {
      pushShuffled(code, x!, y!, [0, 4, 1, 5])
      pushShuffled(code, x!, y!, [2, 6, 3, 7])
      code.emit(opcode.f32x4_add)
      return code.keep('v128')
    })
    pushShuffled(code, pairs[0]!, pairs[1]!, [0, 1, 4, 5])
    pushShuffled(code, pairs[0]!, pairs[1]!, [2, 3, 6, 7])
    code.emit(opcode.f32x4_add)
    result.push(code.keep('v128'))
    for (const pair of pairs) code.release(pair)
  }
  for (const accumulator of accumulators) code.release(accumulator)
  return result
}

function pushShuffled(
  code: FunctionWriter,
  a: Local,
  b: Local,
  lanes: readonly [number, number, number, number],
): void {
  code.get(a)
  code.get(b)
  code.shuffle32(...lanes)
}
