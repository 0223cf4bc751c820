import { bytesPerElement } from './dtype.ts'
import type { Buffer, Kernel, Repeat } from './kernel.ts'
import { spansOf } from './lifetimes.ts'
import { type Lifetime, planMemory } from './memory.ts'

/** A buffer before it has a place in the arena. */
export type UnplacedBuffer = Omit<Buffer, 'offset'>

const unused = { first: 0, last: 0 }

/** Places the buffers that live only during a run. */
export function placeBuffers(
  buffers: readonly UnplacedBuffer[],
  kernels: readonly Kernel[],
  repeats: readonly Repeat[] = [],
): { readonly buffers: readonly Buffer[]; readonly arenaBytes: number } {
  const spans = spansOf({ buffers, kernels, repeats })
  const inArena = buffers.flatMap(({ role }, number) => (livesInArena(role) ? [number] : []))
  const lifetimes = inArena.map((number): Lifetime => {
    const { size, dtype } = buffers[number]!
    return { bytes: size * bytesPerElement[dtype], ...(spans[number] ?? unused) }
  })
  const { offsets, arenaBytes } = planMemory(lifetimes)
  const offsetOf = new Map(inArena.map((number, place) => [number, offsets[place]!]))
  const placed = buffers.map((buffer, number): Buffer => {
    const offset = offsetOf.get(number)
    return offset === undefined ? buffer : { ...buffer, offset }
  })
  return { buffers: placed, arenaBytes }
}

function livesInArena(role: Buffer['role']): boolean {
  return role === 'input' || role === 'output' || role === 'temporary'
}
