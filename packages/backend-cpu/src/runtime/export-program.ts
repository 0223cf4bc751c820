import {
  bytesPerElement,
  type ExportedProgram,
  type Program,
  type TypedArray,
  typedArrayOf,
} from '@neurite/compiler/kernel'
import { emitProgram } from '../program/emit-program.ts'
import { addressName, type ProgramOptions } from '../program/program-module.ts'
import { threadWords, threadWordsAddress } from '../threads/control-block.ts'
import { dataSection } from '../wasm/data-section.ts'
import { hasRelaxedSimd } from '../wasm/features.ts'
import { joined } from '../wasm/section.ts'
import { Heap, pageBytes } from './heap.ts'

/** The program as a module for a memory of its own, laid out as a heap that holds nothing else. */
export function exportProgram(
  program: Program,
  states: readonly TypedArray[],
  options: Pick<ProgramOptions, 'fewestProductsOfTiles'>,
): ExportedProgram {
  const heap = new Heap()
  const constants = hasRelaxedSimd() ? heap.constants : undefined
  const { bytes, arenaBytes } = emitProgram(program, { ...options, constants })
  const place = (buffer: number, values: ArrayLike<number>): number => {
    const { dtype, size } = program.buffers[buffer]!
    const address = heap.allocate(size * bytesPerElement[dtype])
    new typedArrayOf[dtype](heap.memory.buffer, address, size).set(values)
    return address
  }
  const stateAddresses = program.states.map((buffer, i) => place(buffer, states[i]!))
  const globals: Record<string, number> = {}
  for (const [i, buffer] of program.states.entries()) globals[addressName(buffer)] = stateAddresses[i]!
  for (const [buffer, { data }] of program.buffers.entries())
    if (data !== undefined) globals[addressName(buffer)] = place(buffer, data)
  heap.writeConstants()
  heap.reserveArena(arenaBytes)

  const inArena = (buffer: number): number => heap.arena + program.buffers[buffer]!.offset!
  return {
    wasm: joined([bytes, ...dataSection(new Uint8Array(heap.memory.buffer))]),
    pages: heap.size / pageBytes,
    globals,
    arena: heap.arena,
    inputs: program.inputs.map(inArena),
    outputs: program.outputs.map(inArena),
    states: stateAddresses,
    fault: threadWordsAddress(0) + threadWords.fault,
  }
}
