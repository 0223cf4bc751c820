import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import type { PlainOpcode } from '../wasm/opcodes.ts'
import * as opcode from '../wasm/opcodes.ts'
import type { RunningTotal } from './running-total.ts'

const joins = {
  largest: opcode.i32x4_max_s,
  smallest: opcode.i32x4_min_s,
  largestUnsigned: opcode.i32x4_max_u,
} as const
const kinds = Object.keys(joins) as (keyof typeof joins)[]
const bitsOfInfinity = 0x7f800000
const bitsOfNegativeInfinity = -0x800000

/**
 * The maximum or minimum of float32 vectors by their bits, in three instructions a vector: those of `f32x4.max`, which minds NaN and the sign
 * of zero, are nine on x86 that wait for each other.
 *
 * Floats that are not negative are ordered as their bits are; negative ones the other way round, and as unsigned integers they are above the others.
 */
export class FloatExtremum implements RunningTotal {
  readonly #code: FunctionWriter
  readonly #combine: 'maximum' | 'minimum'
  readonly #found: { readonly [J in keyof typeof joins]: Local }

  constructor(code: FunctionWriter, combine: 'maximum' | 'minimum') {
    this.#code = code
    this.#combine = combine
    this.#found = { largest: code.local('v128'), smallest: code.local('v128'), largestUnsigned: code.local('v128') }
  }

  start(): void {
    const isMaximum = this.#combine === 'maximum'
    this.#code.i32x4(isMaximum ? -(2 ** 31) : bitsOfInfinity)
    this.#code.set(this.#found.largest)
    this.#code.i32x4(isMaximum ? bitsOfNegativeInfinity : bitsOfInfinity)
    this.#code.set(this.#found.smallest)
    this.#code.i32x4(isMaximum ? bitsOfNegativeInfinity : 0)
    this.#code.set(this.#found.largestUnsigned)
  }

  startAs(other: FloatExtremum): void {
    for (const join of kinds) {
      this.#code.get(other.#found[join])
      this.#code.set(this.#found[join])
    }
  }

  join(): void {
    const value = this.#code.keep('v128')
    this.#each(() => this.#code.get(value))
    this.#code.release(value)
  }

  joinOther(other: FloatExtremum): void {
    this.#each((join) => this.#code.get(other.#found[join]))
  }

  joinLanes(): void {
    for (const [a, b, c, d] of [
      [2, 3, 0, 1],
      [1, 0, 3, 2],
    ] as const)
      this.#each((join) => {
        this.#code.get(this.#found[join])
        this.#code.get(this.#found[join])
        this.#code.shuffle32(a, b, c, d)
      })
  }

  pushResult({ lanes = false }: { lanes?: boolean } = {}): void {
    const code = this.#code
    const { largest, smallest, largestUnsigned } = this.#found
    const isMaximum = this.#combine === 'maximum'
    // The maximum is the least of the bits if all are negative, the minimum the greatest unless none is. NaN of one sign is found on the way.
    const [allNegative, otherwise, end] = isMaximum
      ? [smallest, largest, largestUnsigned]
      : [largestUnsigned, smallest, largest]
    code.get(allNegative)
    code.get(otherwise)
    code.get(isMaximum ? largest : largestUnsigned)
    code.i32(31)
    code.emit(opcode.i32x4_shr_s, opcode.v128_bitselect)
    // All bits are NaN, too.
    code.get(end)
    code.i32x4(isMaximum ? bitsOfNegativeInfinity : bitsOfInfinity)
    code.emit(opcode.i32x4_ne, opcode.v128_or)
    if (!lanes) code.lane(opcode.f32x4_extract_lane, 0)
  }

  release(): void {
    for (const local of Object.values(this.#found)) this.#code.release(local)
  }

  #each(push: (join: keyof typeof joins) => void): void {
    for (const join of kinds) {
      push(join)
      this.#code.get(this.#found[join])
      this.#code.emit(joins[join] satisfies PlainOpcode)
      this.#code.set(this.#found[join])
    }
  }
}
