import { type Buffer, bytesPerElement, type Kernel } from '../kernel/index.ts'
import { accessesOf } from '../kernel/traverse.ts'
import type { UnplacedBuffer } from './buffer-table.ts'
import { type Lifetime, planMemory } from './memory.ts'

/** Places the buffers that live only during a run. */
export function placeBuffers(
  buffers: readonly UnplacedBuffer[],
  kernels: readonly Kernel[],
): { readonly buffers: readonly Buffer[]; readonly arenaBytes: number } {
  // The caller writes inputs before the first kernel and reads outputs after the last.
  const first = buffers.map(({ role }) => (role === 'input' ? -1 : kernels.length))
  const last = buffers.map(({ role }) => (role === 'output' ? kernels.length : -1))
  kernels.forEach((kernel, number) => {
    for (const { reads, writes } of accessesOf(kernel))
      for (const buffer of writes === undefined ? reads : [...reads, writes]) {
        first[buffer] = Math.min(first[buffer]!, number)
        last[buffer] = Math.max(last[buffer]!, number)
      }
  })
  const inArena = buffers.flatMap(({ role }, number) => (role === 'state' || role === 'constant' ? [] : [number]))
  const lifetimes = inArena.map((number): Lifetime => {
    const { size, dtype } = buffers[number]!
    return { bytes: size * bytesPerElement[dtype], first: first[number]!, last: last[number]! }
  })
  const { offsets, arenaBytes } = planMemory(lifetimes)
  const offsetOf = new Map(inArena.map((number, place) => [number, offsets[place]!]))
  const placed = buffers.map((buffer, number): Buffer => {
    const offset = offsetOf.get(number)
    return offset === undefined ? buffer : { ...buffer, offset }
  })
  return { buffers: placed, arenaBytes }
}
