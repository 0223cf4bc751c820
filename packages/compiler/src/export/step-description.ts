// What an exported module says of itself, as JSON in a custom section: all that the loader knows of it.

import type { DType, Shape, Structure } from '@neurite/tensor'

/** The custom section of the module. */
export const sectionName = 'neurite'

/** A tensor in the module's memory. */
export interface PlacedTensor {
  readonly dtype: DType
  readonly shape: Shape
  readonly address: number
}

export interface StepDescription {
  readonly version: 1
  readonly arguments: readonly Structure[]
  readonly result: Structure
  /** What the program takes: `place` counts the tensors of the arguments. */
  readonly inputs: readonly (PlacedTensor & { readonly place: number })[]
  /** The tensors of the result, in order. */
  readonly outputs: readonly PlacedTensor[]
  readonly states: readonly PlacedTensor[]
  readonly pages: number
  readonly arena: number
  readonly globals: Readonly<Record<string, number>>
  /** Address of the fault's number and the index. */
  readonly fault: number
  readonly faults: readonly string[]
}

/** The module with the description in it. */
export function describeModule(wasm: Uint8Array, description: StepDescription): Uint8Array<ArrayBuffer> {
  const text = asciiBytes(asciiJson(description))
  const name = [...unsigned(sectionName.length), ...asciiBytes(sectionName)]
  const head = [0, ...unsigned(name.length + text.length), ...name]
  const bytes = new Uint8Array(wasm.length + head.length + text.length)
  bytes.set(wasm)
  bytes.set(head, wasm.length)
  bytes.set(text, wasm.length + head.length)
  return bytes
}

function asciiJson(value: unknown): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value).replaceAll(/[^ -~]/g, escaped)
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}
