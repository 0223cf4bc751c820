import { iota } from '../../create.ts'
import type { DType } from '../../dtype.ts'
import { isFloating } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { concatenate } from '../concatenate.ts'
import { areNaN } from '../elementary/not-a-number.ts'

/** Keys with the positions that they came from, the last axis being sorted. */
interface Keyed {
  readonly keys: Tensor
  readonly positions: Tensor
}

/**
 * The positions of the elements in order along the last axis, equal ones in the order that they had.
 *
 * Batcher's bitonic network (1968): for n elements log₂ n · (log₂ n + 1) / 2 steps, in each of which every element meets one
 * other; all pairs of a step are compared at once. The axis is filled up to a power of two with keys that come last.
 */
export function sortingNetwork(x: Tensor, descending: boolean): Tensor {
  const length: number = x.shape.at(-1)
  const leading: Shape = x.shape.slice(0, -1)
  const width = 2 ** Math.ceil(Math.log2(Math.max(1, length)))
  const none = leading.map(() => 0)
  const keys = x.pad({ low: [...none, 0], high: [...none, width - length], value: lastKey(x.dtype, descending) })
  let sorted: Keyed = { keys, positions: iota([...leading, width], leading.length) }
  for (let run = 2; run <= width; run *= 2) {
    // Two sorted runs, the second read backwards, fall into a lower and an upper half; each half into halves again, and so on.
    sorted = merged(sorted, run, true)
    for (let part = run / 2; part >= 2; part /= 2) sorted = merged(sorted, part, false)
  }
  return sorted.positions.narrow(leading.length, 0, length)

  function merged({ keys, positions }: Keyed, run: number, mirrored: boolean): Keyed {
    const axis = leading.length
    const halves = (tensor: Tensor): [first: Tensor, second: Tensor] => {
      const parted = tensor.reshape([...leading, width / run, 2, run / 2])
      const second = parted.select(axis + 1, 1)
      return [parted.select(axis + 1, 0), mirrored ? second.flip(axis + 1) : second]
    }
    const joined = (first: Tensor, second: Tensor): Tensor =>
      concatenate([first, mirrored ? second.flip(axis + 1) : second], axis + 1).reshape([...leading, width])
    const [firstKeys, secondKeys] = halves(keys)
    const [firstPositions, secondPositions] = halves(positions)
    const swaps = isBefore(
      { keys: secondKeys, positions: secondPositions },
      { keys: firstKeys, positions: firstPositions },
      descending,
    )
    return {
      keys: joined(swaps.choose(secondKeys, firstKeys), swaps.choose(firstKeys, secondKeys)),
      positions: joined(swaps.choose(secondPositions, firstPositions), swaps.choose(firstPositions, secondPositions)),
    }
  }
}

/** Where `a` belongs before `b`. */
function isBefore(a: Keyed, b: Keyed, descending: boolean): Tensor {
  const [low, high] = descending ? [b, a] : [a, b]
  const isLess = isBelow(low.keys, high.keys)
  const isGreater = isBelow(high.keys, low.keys)
  return isLess.or(isGreater.not().and(a.positions.less(b.positions)))
}

/** a < b, NaN being the largest. */
function isBelow(a: Tensor, b: Tensor): Tensor {
  return isFloating(a.dtype) ? a.less(b).or(areNaN(b).and(areNaN(a).not())) : a.less(b)
}

/** A key than which none comes later; the positions decide among equals. */
function lastKey(dtype: DType, descending: boolean): number {
  if (isFloating(dtype)) return descending ? -Infinity : Number.NaN
  const [smallest, largest] = { int32: [-(2 ** 31), 2 ** 31 - 1], uint8: [0, 255], bool: [0, 1] }[
    dtype as 'int32' | 'uint8' | 'bool'
  ] as [number, number]
  return descending ? smallest : largest
}
