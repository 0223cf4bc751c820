// All tiles of a block of rows and a block of columns, over a block of depth.

import { rangeLoop } from '../loop/counted-loop.ts'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import { type BlockLength, emitTile, type TileSums } from './micro-kernel.ts'
import type { Product, TileShape } from './tile.ts'

/** An operand of a block: how it lies, and the address of its first row (column) at the first point of depth. */
export interface BlockOperand {
  readonly origin: Local
  /** In bytes. */
  readonly lineStride: number
  /** In bytes. */
  readonly depthStride: number
}

export interface BlockOfTiles {
  readonly product: Product
  readonly tile: TileShape
  readonly left: BlockOperand
  readonly right: BlockOperand
  readonly rows: BlockLength
  readonly columns: BlockLength
  readonly depth: BlockLength
}

/** A tile whose sums have been found. */
export interface FinishedTile {
  readonly sums: TileSums
  readonly columns: number
  readonly start: { readonly row: Local; readonly column: Local }
}

/** Writes the loops over the tiles of a block. */
export function emitTiles(
  code: FunctionWriter,
  { product, tile, left, right, rows, columns, depth }: BlockOfTiles,
  store: (tile: FinishedTile) => void,
): void {
  // Columns outside: a tile's columns take more of the first-level cache than its rows, so they stay while the rows pass by.
  tileLoop(code, columns, tile.columns, (column, tileColumns) => {
    const rightPointer = lineOf(code, right, column)
    tileLoop(code, rows, tile.rows, (row, tileRows) => {
      const leftPointer = lineOf(code, left, row)
      const sums = emitTile(code, {
        product,
        shape: { rows: tileRows, columns: tileColumns },
        left: { ...left, pointer: leftPointer },
        right: { ...right, pointer: rightPointer },
        depth,
      })
      store({ sums, columns: tileColumns, start: { row, column } })
      for (const local of [...sums.flat(), leftPointer]) code.release(local)
    })
    code.release(rightPointer)
  })
}

/** The address of a row (column). */
function lineOf(code: FunctionWriter, { origin, lineStride }: BlockOperand, line: Local): Local {
  code.get(line)
  code.i32(lineStride)
  code.emit(opcode.i32_mul)
  code.get(origin)
  code.emit(opcode.i32_add)
  return code.keep('i32')
}

/** Loops over tiles of `size` points from the beginning of a block, then writes one of what is left, for each number that may be. */
function tileLoop(
  code: FunctionWriter,
  { actual, full, shorter }: BlockLength,
  size: number,
  body: (start: Local, points: number) => void,
): void {
  const tails = [...new Set([full % size, shorter % size])].filter((left) => left > 0)
  let end = actual
  if (tails.length > 0) {
    code.get(actual)
    code.get(actual)
    code.i32(size)
    code.emit(opcode.i32_rem_u, opcode.i32_sub)
    end = code.keep('i32')
  }
  const whole = (): void => rangeLoop(code, { end, step: size }, (start) => body(start, size))
  if (Math.min(full, shorter) >= size) whole()
  else {
    code.get(end)
    code.if(whole)
  }
  for (const left of tails) {
    code.get(actual)
    code.get(end)
    code.emit(opcode.i32_sub)
    code.i32(left)
    code.emit(opcode.i32_eq)
    code.if(() => body(end, left))
  }
  if (end !== actual) code.release(end)
}
