import { bytesPerElement } from './dtype.ts'
import type { Buffer, Kernel, Repeat } from './kernel.ts'
import { spansOf } from './lifetimes.ts'
import { type Lifetime, planMemory } from './memory.ts'
import { takenOver } from './take-over.ts'

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
  const heirs = takenOver(buffers, kernels, repeats, spans)
  const storageOf = (number: number): number => {
    const from = heirs.get(number)
    return from === undefined ? number : storageOf(from)
  }
  // One run of bytes for a buffer and all that take it over, one after the other.
  const lifetimes = new Map<number, Lifetime>()
  const inArena = buffers.flatMap(({ role }, number) => (livesInArena(role) ? [number] : []))
  for (const number of inArena) {
    const { size, dtype } = buffers[number]!
    const { first, last } = spans[number] ?? unused
    const known = lifetimes.get(storageOf(number))
    lifetimes.set(storageOf(number), {
      bytes: size * bytesPerElement[dtype],
      first: Math.min(first, known?.first ?? first),
      last: Math.max(last, known?.last ?? last),
    })
  }
  const { offsets, arenaBytes } = planMemory([...lifetimes.values()])
  const storages = new Map([...lifetimes.keys()].map((storage, place) => [storage, offsets[place]!]))
  const offsetOf = new Map(inArena.map((number) => [number, storages.get(storageOf(number))!]))
  const placed = buffers.map((buffer, number): Buffer => {
    const offset = offsetOf.get(number)
    return offset === undefined ? buffer : { ...buffer, offset }
  })
  return { buffers: placed, arenaBytes }
}

function livesInArena(role: Buffer['role']): boolean {
  return role === 'input' || role === 'output' || role === 'temporary'
}
