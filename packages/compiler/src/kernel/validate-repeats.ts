// Loops over kernels, and views that move with them.

import { type Violation, violationIn } from './constraints.ts'
import type { Buffer, Program, View } from './kernel.ts'
import { bufferName } from './print-expressions.ts'
import { accessesOf } from './traverse.ts'

/** Rules C20 and C21. */
export function checkRepeats(program: Program): void {
  const { buffers, kernels, repeats = [] } = program
  const violation = violationIn('program')
  let next = 0
  for (const { first, last, count } of repeats) {
    if (!(Number.isSafeInteger(count) && count >= 0 && first >= next && last >= first && last < kernels.length))
      throw violation('C21', `kernels ${first} to ${last} of ${kernels.length} are repeated ${count} times`)
    next = last + 1
  }
  buffers.forEach((buffer, number) => {
    checkView(buffers, buffer, violationIn(bufferName(number, buffers)))
  })
  for (const kernel of kernels) {
    const used = new Set<number>()
    const written = new Set<number>()
    for (const { reads, writes } of accessesOf(kernel)) {
      for (const buffer of reads) used.add(buffer)
      if (writes !== undefined) written.add(writes)
    }
    for (const one of written)
      for (const other of [...used, ...written])
        if (other !== one && areAliases(buffers, one, other))
          throw violation(
            'C20',
            `"${kernel.label}" writes ${bufferName(one, buffers)} and uses ${bufferName(other, buffers)}`,
          )
  }
}

function checkView(buffers: readonly Buffer[], { role, view, size, dtype }: Buffer, violation: Violation): void {
  if ((role === 'view') !== (view !== undefined)) throw violation('C20', 'its role is not what it is')
  if (view === undefined) return
  const whole = buffers[view.of]
  const isWhole = (value: number): boolean => Number.isSafeInteger(value) && (size === 0 || value % size === 0)
  if (whole === undefined || whole.view !== undefined || whole.dtype !== dtype || view.period > whole.size)
    throw violation('C20', `it is a view of buffer ${view.of}, period ${view.period}`)
  const outside = ![view.start, view.step, view.period].every(isWhole)
  if (view.period < Math.max(1, size) || (outside && view.step !== 0) || (outside && view.start + size > view.period))
    throw violation('C20', `it begins at ${view.start} + ${view.step} · round of a period of ${view.period}`)
}

/** Whether two buffers can have elements in common in one round. */
function areAliases(buffers: readonly Buffer[], a: number, b: number): boolean {
  const [one, other] = [buffers[a]!, buffers[b]!]
  if (one.view === undefined && other.view === undefined) return false
  if ((one.view?.of ?? a) !== (other.view?.of ?? b)) return false
  if (one.view === undefined || other.view === undefined) return true
  return !areApart(one.view, other.view, Math.max(one.size, other.size))
}

function areApart(a: View, b: View, size: number): boolean {
  if (a.step !== b.step || a.period !== b.period) return false
  const distance = Math.abs(a.start - b.start) % a.period
  return Math.min(distance, a.period - distance) >= size
}
