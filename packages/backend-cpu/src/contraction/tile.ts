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

/** Shapes to choose from; the flat ones are for contractions of one or two rows. */
export const tileShapes: { readonly [P in Product]: readonly TileShape[] } = {
  outer: [
    { rows: 4, columns: 8 },
    { rows: 2, columns: 16 },
    { rows: 1, columns: 16 },
  ],
  inner: [{ rows: 2, columns: 4 }],
}

/** Columns whose operand stays in the second-level cache while all rows pass. */
export const chunkColumns = 32

/** Points of depth in a block. Outer: a panel of 8 columns takes 16 KiB. Inner: four columns take 16 KiB. */
export const depthTargets: { readonly [P in Product]: number } = { outer: 512, inner: 1024 }

/** Vectors that a tile's operands and sums take per step of depth. */
export function vectorsOf(
  product: Product,
  { rows, columns }: TileShape,
): { left: number; right: number; sums: number } {
  const right = product === 'outer' ? Math.ceil(columns / 4) : columns
  return { left: rows, right, sums: rows * right }
}

const operationsPerCycle = 6
const loopOperations = 5

/** Cycles per point of depth for one tile. */
export function cyclesPerDepth(product: Product, shape: TileShape): number {
  const { left, right, sums } = vectorsOf(product, shape)
  return (2 * sums + left + right + loopOperations) / operationsPerCycle / (product === 'outer' ? 1 : 4)
}

/** A sum over all tiles of `rows` × `columns` lanes, edge tiles with their own shape. */
export function overTiles(full: TileShape, { rows, columns }: TileShape, cost: (shape: TileShape) => number): number {
  const parts = (extent: number, tile: number): [count: number, size: number][] => [
    [Math.floor(extent / tile), tile],
    [extent % tile === 0 ? 0 : 1, extent % tile],
  ]
  let total = 0
  for (const [rowTiles, tileRows] of parts(rows, full.rows))
    for (const [columnTiles, tileColumns] of parts(columns, full.columns))
      if (rowTiles * columnTiles > 0) total += rowTiles * columnTiles * cost({ rows: tileRows, columns: tileColumns })
  return total
}
