import { ByteWriter } from './byte-writer.ts'
import type { ConstantPool } from './constant-pool.ts'
import type { LaneOpcode, MemoryLaneOpcode, MemoryOpcode, PlainOpcode } from './opcodes.ts'
import * as opcode from './opcodes.ts'
import { type Bytes, written } from './section.ts'
import { type Signature, type ValueType, valueTypeCode } from './value-type.ts'

/** A function of a module; its number is settled when the module is finished. */
export interface FunctionReference {
  readonly name: string
  readonly signature: Signature
}

/** A local variable: its number in the function. */
export type Local = number

/** A place to branch to: the number of structured instructions around it. */
export type Label = number

/**
 * Writes the body of one function, instruction by instruction, as a stack machine reads them.
 *
 * `emit` writes instructions without immediates; the others have methods. Parameters are the first locals. Scratch locals come from `local` and may be
 * given back with `release`, to be handed out again by the next `local` of the same type.
 */
export class FunctionWriter implements FunctionReference {
  readonly name: string
  readonly signature: Signature
  readonly #body = new ByteWriter()
  /** What most instructions are is pushed at once: there are tens of thousands. */
  readonly #bytes = this.#body.bytes
  readonly #types: ValueType[]
  readonly #free: { readonly [T in ValueType]: Local[] } = { i32: [], f32: [], f64: [], v128: [] }
  readonly #calls: { readonly at: number; readonly target: FunctionReference }[] = []
  readonly #constants: ConstantPool | undefined
  #depth = 0

  constructor(name: string, signature: Signature, constants?: ConstantPool) {
    this.name = name
    this.#constants = constants
    this.signature = signature
    this.#types = [...signature.parameters]
  }

  // --- locals ---

  /** A local of a type; its value is whatever was left in it. */
  local(type: ValueType): Local {
    return this.#free[type].pop() ?? this.#types.push(type) - 1
  }

  release(local: Local): void {
    this.#free[this.#types[local]!].push(local)
  }

  typeOf(local: Local): ValueType {
    return this.#types[local]!
  }

  get(local: Local): void {
    if (local < 0x80) this.#bytes.push(0x20, local)
    else this.#body.byteAndUnsigned(0x20, local)
  }

  set(local: Local): void {
    if (local < 0x80) this.#bytes.push(0x21, local)
    else this.#body.byteAndUnsigned(0x21, local)
  }

  tee(local: Local): void {
    this.#body.byteAndUnsigned(0x22, local)
  }

  /** Pops a value into a new local. */
  keep(type: ValueType): Local {
    const local = this.local(type)
    this.set(local)
    return local
  }

  getGlobal(global: number): void {
    this.#body.byteAndUnsigned(0x23, global)
  }

  // --- constants ---

  i32(value: number): void {
    // What fits into 7 bits, sign and all, is one byte.
    if (value >= -64 && value < 64) this.#bytes.push(0x41, value & 0x7f)
    else {
      this.#bytes.push(0x41)
      this.#body.signed(value)
    }
  }

  /** A constant of 64 bits whose value fits into 32, signed. */
  i64(value: number): void {
    this.#body.byte(0x42)
    this.#body.signed(value)
  }

  f32(value: number): void {
    this.#body.byte(0x43)
    this.#body.float32(value)
  }

  f64(value: number): void {
    this.#body.byte(0x44)
    this.#body.float64(value)
  }

  i32x4(a: number, b: number = a, c: number = a, d: number = a): void {
    const address = this.#constants?.addressOf(a, b, c, d)
    if (address !== undefined) {
      this.i32(0)
      this.memory(opcode.v128_load, address)
      return
    }
    this.#body.opcode(0xfd00c)
    for (const lane of [a, b, c, d]) this.#body.word(lane)
  }

  /** All four lanes the same. */
  f32x4(value: number): void {
    float32s[0] = value
    this.i32x4(words[0]!)
  }

  f64x2(value: number): void {
    float64s[0] = value
    this.i32x4(words[0]!, words[1]!, words[0]!, words[1]!)
  }

  // --- instructions ---

  emit(instruction: PlainOpcode, ...others: readonly PlainOpcode[]): void {
    this.#body.opcode(instruction)
    for (let i = 0; i < others.length; i++) this.#body.opcode(others[i]!)
  }

  /** A load or store at the address on the stack plus `offset` bytes. */
  memory(instruction: MemoryOpcode, offset = 0): void {
    this.#memory(instruction, offset)
  }

  /** Extracts or replaces a lane. */
  lane(instruction: LaneOpcode, lane: number): void {
    this.#body.opcode(instruction)
    this.#body.byte(lane)
  }

  /** Loads or stores one lane. */
  memoryLane(instruction: MemoryLaneOpcode, lane: number, offset = 0): void {
    this.#memory(instruction, offset)
    this.#body.byte(lane)
  }

  #memory(instruction: MemoryOpcode | MemoryLaneOpcode, offset: number): void {
    this.#body.opcode(instruction & 0xffffff)
    // What alignment is promised makes no difference to what is computed; 4-byte elements need not lie at multiples of 16.
    this.#body.byteAndUnsigned(Math.min(instruction >> 24, 2), offset)
  }

  /** Four 4-byte lanes picked from two vectors: 0 … 3 from the first, 4 … 7 from the second. */
  shuffle32(a: number, b: number, c: number, d: number): void {
    this.#body.opcode(0xfd00d)
    for (const lane of [a, b, c, d]) this.#body.word(0x03020100 + 0x04040404 * lane)
  }

  /** Sixteen bytes picked from two vectors: 0 … 15 from the first, 16 … 31 from the second. */
  shuffle8(bytes: readonly number[]): void {
    this.#body.opcode(0xfd00d)
    for (let i = 0; i < 16; i++) this.#body.byte(bytes[i] ?? 0)
  }

  /** Pops a number of bytes, a byte and an address, and fills memory. */
  memoryFill(): void {
    this.#body.opcode(0xfc00b)
    this.#body.byte(0)
  }

  call(target: FunctionReference): void {
    this.#body.byte(0x10)
    this.#calls.push({ at: this.#body.length, target })
    for (let i = 0; i < bytesOfNumber; i++) this.#body.byte(0)
  }

  // --- structured control ---

  /** A block; branching to its label leaves it. */
  block(body: (exit: Label) => void, result?: ValueType): void {
    this.#structured(0x02, body, result)
  }

  /** A loop; branching to its label goes round again. */
  loop(body: (again: Label) => void): void {
    this.#structured(0x03, body)
  }

  /** Pops a condition; both branches leave `result` if given. */
  if(then: () => void, otherwise?: () => void, result?: ValueType): void {
    this.#structured(
      0x04,
      () => {
        then()
        if (otherwise === undefined) return
        this.#body.byte(0x05)
        otherwise()
      },
      result,
    )
  }

  branch(label: Label): void {
    this.#body.byteAndUnsigned(0x0c, this.#depth - label)
  }

  /** Pops a condition and branches if it is not 0. */
  branchIf(label: Label): void {
    this.#body.byteAndUnsigned(0x0d, this.#depth - label)
  }

  #structured(code: number, body: (label: Label) => void, result?: ValueType): void {
    this.#body.byte(code)
    this.#body.byte(result === undefined ? 0x40 : valueTypeCode[result])
    body(++this.#depth)
    this.#depth--
    this.#body.byte(0x0b)
  }

  // --- the finished body ---

  /** The function's entry in the code section, given every function's number. */
  entry(numberOf: (target: FunctionReference) => number): Bytes[] {
    const bytes = this.#bytes
    for (const { at, target } of this.#calls) {
      const number = numberOf(target)
      for (let i = 0; i < bytesOfNumber; i++)
        bytes[at + i] = ((number >> (7 * i)) & 0x7f) | (i < bytesOfNumber - 1 ? 0x80 : 0)
    }
    const locals = written((into) => this.#writeLocals(into))
    const size = written((into) => into.unsigned(locals.length + bytes.length + 1))
    return [size, locals, bytes, end]
  }

  /** Number of bytes written so far. */
  get size(): number {
    return this.#body.length
  }

  #writeLocals(into: ByteWriter): void {
    const own = this.#types.slice(this.signature.parameters.length)
    const runs: { type: ValueType; count: number }[] = []
    for (const type of own) {
      const last = runs.at(-1)
      if (last?.type === type) last.count++
      else runs.push({ type, count: 1 })
    }
    into.unsigned(runs.length)
    for (const { type, count } of runs) {
      into.unsigned(count)
      into.byte(valueTypeCode[type])
    }
  }
}

/** Ends a function. */
const end = [0x0b]

/** A function's number is written later, into as many bytes. */
const bytesOfNumber = 3

// The same bytes as floats and as words; typed arrays are little-endian wherever WebAssembly is.
const words = new Int32Array(2)
const float32s = new Float32Array(words.buffer)
const float64s = new Float64Array(words.buffer)
