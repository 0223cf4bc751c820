// The micro-kernels: which tile of sums each keeps in registers and what a step through the depth costs.
//
// V8 leaves 15 of the 16 vector registers of x86 to WebAssembly and (up to Node 22) issues all loads of a loop body before its
// arithmetic, so accumulators + loaded vectors must not exceed 14: 4 × 8 and 2 × 16 reach 90 % of the machine, 6 × 8 reaches 45 %.

/**
 * `outer`: vectors hold four columns; each step of depth adds the outer product of a column of `left` and a row of `right`.
 * `inner`: vectors hold four places of depth, for operands whose depth is contiguous; the lanes are summed at the end.
 */
export type Product = 'outer' | 'inner'

export interface TileShape {
  readonly rows: number
  readonly columns: number
}

/** Shapes to choose from, of equally cheap ones the first; the flat one is for contractions of one row. */
export const tileShapes: { readonly [P in Product]: readonly TileShape[] } = {
  outer: [
    { rows: 2, columns: 16 },
    { rows: 4, columns: 8 },
    { rows: 1, columns: 24 },
  ],
  inner: [
    { rows: 2, columns: 4 },
    { rows: 1, columns: 8 },
  ],
}

export interface BlockSizes {
  /** Points in a block, about. */
  readonly rows: number
  readonly columns: number
  /** What a tile's operands take of the cache in a block of depth, at most about. */
  readonly tileBytes: number
}

/**
 * What a tile reads stays in the first-level cache, what a block of columns and of depth takes in the second-level one. Columns may be
 * packed once for every block of rows, which costs little when it is large; its packed operand and its sums must not take much memory.
 */
export const blockSizes: { readonly [P in Product]: BlockSizes } = {
  outer: { rows: 1024, columns: 64, tileBytes: 20480 },
  inner: { rows: 1024, columns: 64, tileBytes: 24576 },
}

/** In bytes. */
export const cacheLine = 64

/** Vectors that a tile's right operand takes per step of depth; its left one takes one a row. */
export function vectorsOfRight(product: Product, columns: number): number {
  return product === 'outer' ? Math.ceil(columns / 4) : columns
}

const operationsPerCycle = 6
const loopOperations = 5
/** Of an addition: one sum cannot take two in less. */
const latency = 3

/** Cycles per point of depth for one tile. */
export function cyclesPerDepth(product: Product, rows: number, columns: number): number {
  const right = vectorsOfRight(product, columns)
  const cycles = Math.max(latency, (2 * rows * right + rows + right + loopOperations) / operationsPerCycle)
  return product === 'outer' ? cycles : cycles / 4
}

/** A sum over all tiles of `rows` × `columns` points, edge tiles with their own shape. */
export function overTiles(
  full: TileShape,
  rows: number,
  columns: number,
  cost: (rows: number, columns: number) => number,
): number {
  const tileRows = Math.floor(rows / full.rows)
  const tileColumns = Math.floor(columns / full.columns)
  const edgeRows = rows % full.rows
  const edgeColumns = columns % full.columns
  let total = 0
  if (tileRows > 0 && tileColumns > 0) total += tileRows * tileColumns * cost(full.rows, full.columns)
  if (tileRows > 0 && edgeColumns > 0) total += tileRows * cost(full.rows, edgeColumns)
  if (edgeRows > 0 && tileColumns > 0) total += tileColumns * cost(edgeRows, full.columns)
  if (edgeRows > 0 && edgeColumns > 0) total += cost(edgeRows, edgeColumns)
  return total
}
