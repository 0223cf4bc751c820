import type { Tensor } from '../../tensor.ts'

/** Several tensors of one shape that are scanned together. */
export type Scanned = readonly Tensor[]

export interface ScanOptions {
  readonly axis: number
  /** For each tensor what stands before its first element, which `combine` ignores. */
  readonly identity: readonly number[]
  /** Associative; its operands broadcast. */
  readonly combine: (earlier: Scanned, later: Scanned) => Scanned
}

/** How many neighbours are brought together before their totals are. */
const blockLength = 16

/**
 * Running results of an associative operation along an axis: y₀ = x₀, yᵢ = combine(yᵢ₋₁, xᵢ).
 *
 * Within blocks in steps that bring together what lies 1, 2, 4, … positions apart (Hillis & Steele 1986); the totals of the blocks
 * are scanned alike, and what lies before each block is combined with its elements (Blelloch 1990, § 1.3.1).
 */
export function scan(start: Scanned, options: ScanOptions): Scanned {
  const { axis, combine } = options
  const length: number = start[0]!.shape[axis]
  if (length <= blockLength) return scanDirectly(start, options)
  const count = Math.ceil(length / blockLength)
  const blocks = start.map((x) => inBlocks(x, axis, count))
  const within = scanDirectly(blocks, { ...options, axis: axis + 1 })
  const totals = within.map((x) => x.select(axis + 1, blockLength - 1))
  const before = shifted(scan(totals, options), 1, options).map((x) => x.unsqueeze(axis + 1))
  return combine(before, within).map((x) => x.flatten(axis, axis + 1).narrow(axis, 0, length))
}

function scanDirectly(start: Scanned, options: ScanOptions): Scanned {
  const length: number = start[0]!.shape[options.axis]
  let running = start
  for (let distance = 1; distance < length; distance *= 2)
    running = options.combine(shifted(running, distance, options), running)
  return running
}

/** The axis as blocks and their elements, the last block filled up. */
function inBlocks(x: Tensor, axis: number, count: number): Tensor {
  const full = padded(x, axis, { low: 0, high: count * blockLength - x.shape[axis], value: 0 })
  return full.reshape([...x.shape.slice(0, axis), count, blockLength, ...x.shape.slice(axis + 1)])
}

/** Elements moved towards the end, the identity moving in at the start. */
function shifted(scanned: Scanned, distance: number, { axis, identity }: ScanOptions): Scanned {
  return scanned.map((x, i) => padded(x, axis, { low: distance, high: -distance, value: identity[i]! }))
}

function padded(x: Tensor, axis: number, amounts: { low: number; high: number; value: number }): Tensor {
  const along = (amount: number): number[] => Array.from(x.shape, (_, i) => (i === axis ? amount : 0))
  return x.pad({ low: along(amounts.low), high: along(amounts.high), value: amounts.value })
}
