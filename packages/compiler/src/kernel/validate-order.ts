// Kernels against each other: values are there when they are read, and nothing lies on top of them.

import { kernelPlace, violationIn } from './constraints.ts'
import { bytesPerElement } from './dtype.ts'
import type { Buffer, Program } from './kernel.ts'
import { spansOf } from './lifetimes.ts'
import { bufferName } from './print-expressions.ts'
import { mayTakeOver } from './take-over.ts'
import { accessesOf } from './traverse.ts'

/** Rule C18. */
export function checkOrder({ buffers, kernels, outputs }: Program): void {
  const isThere = buffers.map(({ role, size }) => (role !== 'temporary' && role !== 'output') || size === 0)
  kernels.forEach((kernel, number) => {
    for (const { reads, writes } of accessesOf(kernel)) {
      for (const buffer of reads)
        if (!isThere[buffers[buffer]!.view?.of ?? buffer])
          throw violationIn(kernelPlace(kernel, number))(
            'C18',
            `reads ${bufferName(buffer, buffers)} before it is written`,
          )
      if (writes !== undefined) isThere[buffers[writes]!.view?.of ?? writes] = true
    }
  })
  const missing = outputs.find((buffer) => !isThere[buffer])
  if (missing !== undefined) throw violationIn('program')('C18', `nobody writes ${bufferName(missing, buffers)}`)
}

/** A buffer's bytes in the arena and the kernels during which they are needed. */
interface Lifetime {
  readonly buffer: number
  readonly start: number
  readonly end: number
  readonly first: number
  readonly last: number
}

/** Rule C19. */
export function checkLifetimes(program: Program): void {
  const { buffers, kernels } = program
  const lifetimes = lifetimesOf(program).sort((a, b) => a.start - b.start)
  lifetimes.forEach((one, place) => {
    for (let i = place + 1; i < lifetimes.length && lifetimes[i]!.start < one.end; i++) {
      const other = lifetimes[i]!
      if (other.first > one.last || other.last < one.first) continue
      if (takesOver(program, one, other) || takesOver(program, other, one)) continue
      const show = ({ buffer, first, last }: Lifetime): string =>
        `${bufferName(buffer, buffers)} (${first < 0 ? 'from the start' : `from kernel ${first}`} ${last === kernels.length ? 'to the end' : `to kernel ${last}`})`
      const shared = `bytes ${other.start} … ${Math.min(one.end, other.end)}`
      throw violationIn('program')('C19', `${show(one)} and ${show(other)} share ${shared}`)
    }
  })
}

/** Whether a buffer ends in the kernel in which another begins, which may lie on the same bytes there. */
function takesOver({ buffers, kernels, repeats = [] }: Program, one: Lifetime, other: Lifetime): boolean {
  const number = other.first
  if (one.last !== number || one.start !== other.start || kernels[number] === undefined) return false
  if (repeats.some(({ first, last }) => first <= number && number <= last)) return false
  return mayTakeOver(kernels[number], buffers, one.buffer, other.buffer)
}

function lifetimesOf(program: Program): Lifetime[] {
  const spans = spansOf(program)
  return program.buffers.flatMap(({ dtype, size, offset }: Buffer, buffer) => {
    const span = spans[buffer]
    if (offset === undefined || size === 0 || span === undefined) return []
    return [{ buffer, start: offset, end: offset + size * bytesPerElement[dtype], ...span }]
  })
}
