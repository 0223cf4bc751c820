// How the depth of a contraction is cut: partial sums over blocks whose operands fit the first-level cache.

/**
 * The depth axes, outermost first, as loops: each of `outer` advances by 1, `blocked` by `step`. A block covers `step` values of
 * `blocked` (the last block of an axis that `step` does not divide covers fewer) and all values of the `inner` axes.
 */
export interface DepthBlocks {
  readonly outer: readonly number[]
  readonly blocked: number
  readonly step: number
  readonly inner: readonly number[]
  /** Points in a full block. */
  readonly length: number
  /** Points in the last block along `blocked`. */
  readonly lastLength: number
  /** Number of blocks. */
  readonly count: number
}

/**
 * Blocks of at most about `target` points, as equal as possible.
 * @param joint Number of trailing axes among which a block must stay, since an operand steps evenly through these only.
 */
export function blockDepth(
  axes: readonly number[],
  extents: readonly number[],
  { joint, target }: { joint: number; target: number },
): DepthBlocks {
  let first = axes.length - 1
  let inside = 1
  while (first > axes.length - joint && inside * extents[axes[first]!]! < target) {
    inside *= extents[axes[first]!]!
    first--
  }
  const blocked = axes[first]!
  const extent = extents[blocked]!
  const pieces = Math.ceil((extent * inside) / target)
  // Whole vectors in every block but the last.
  const step = pieces === 1 ? extent : Math.min(extent, roundUp(Math.ceil(extent / pieces), inside % 4 === 0 ? 1 : 4))
  const outer = axes.slice(0, first)
  const blocks = Math.ceil(extent / step)
  return {
    outer,
    blocked,
    step,
    inner: axes.slice(first + 1),
    length: step * inside,
    lastLength: (extent - (blocks - 1) * step) * inside,
    count: outer.reduce((product, axis) => product * extents[axis]!, blocks),
  }
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple
}
