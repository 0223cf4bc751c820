// When buffers are needed, counted in kernels.

import type { Program } from './kernel.ts'
import { accessesOf } from './traverse.ts'

/** First and last kernel that need what a buffer holds; −1 is before all kernels, their number is after all. */
export interface Span {
  readonly first: number
  readonly last: number
}

/**
 * The span of every buffer, undefined where nobody uses it. Uses of a view are uses of its buffer. What a repeat uses of the world around it, or
 * carries from round to round, it needs from its first kernel to its last.
 */
export function spansOf({
  buffers,
  kernels,
  repeats = [],
}: Pick<Program, 'kernels' | 'repeats'> & {
  readonly buffers: readonly Pick<Program['buffers'][number], 'role' | 'view'>[]
}): readonly (Span | undefined)[] {
  const uses = buffers.map((): number[] => [])
  const isCarried = new Set<number>()
  buffers.forEach(({ role }, buffer) => {
    // The caller writes inputs before the first kernel and reads outputs after the last.
    if (role === 'input') uses[buffer]!.push(-1)
    if (role === 'output') uses[buffer]!.push(kernels.length)
  })
  kernels.forEach((kernel, number) => {
    for (const { reads, writes } of accessesOf(kernel))
      for (const buffer of writes === undefined ? reads : [...reads, writes]) {
        const view = buffers[buffer]!.view
        uses[view?.of ?? buffer]!.push(number)
        if (view !== undefined) isCarried.add(view.of)
      }
  })
  return uses.map((numbers, buffer) => {
    if (numbers.length === 0) return undefined
    let [first, last] = [Math.min(...numbers), Math.max(...numbers)]
    for (const repeat of repeats) {
      const isOutside = first < repeat.first || last > repeat.last
      if (first > repeat.last || last < repeat.first || !(isOutside || isCarried.has(buffer))) continue
      first = Math.min(first, repeat.first)
      last = Math.max(last, repeat.last)
    }
    return { first, last }
  })
}
