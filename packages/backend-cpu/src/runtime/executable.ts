import {
  type Buffer,
  type Executable,
  faultMessage,
  type Program,
  type TypedArray,
  typedArrayOf,
} from '@neurite/compiler/kernel'
import { runName } from '../program/emit-program.ts'
import { addressName, faultAddress } from '../program/program-module.ts'
import { importNamespace } from '../wasm/module-writer.ts'
import type { Heap } from './heap.ts'
import type { ProgramCode } from './program-code.ts'
import type { CpuState } from './state.ts'

// Up to so many elements a loop copies faster than a call of `set` or `slice`.
const fewElements = 48

/** A program with its states. The call path allocates nothing but the outputs. */
export class CpuExecutable implements Executable {
  readonly #program: Program
  readonly #heap: Heap
  readonly #arenaBytes: number
  readonly #states: readonly CpuState[]
  readonly #start: (arena: number) => number
  readonly #code: ProgramCode
  #version = -1
  #inputs: TypedArray[] = []
  #outputs: TypedArray[] = []
  #isReleased = false

  constructor(program: Program, code: ProgramCode, heap: Heap, states: readonly CpuState[]) {
    this.#program = program
    this.#heap = heap
    this.#arenaBytes = code.arenaBytes
    this.#states = states
    const constants = code.acquireConstants()
    const addresses = [
      ...constants,
      ...program.states.map((buffer, place) => [buffer, states[place]!.address] as const),
    ]
    const globals = Object.fromEntries(addresses.map(([buffer, address]) => [addressName(buffer), address]))
    const imports = { memory: heap.memory, ...code.references, ...globals }
    const instance = new WebAssembly.Instance(code.module, { [importNamespace]: imports })
    this.#start = instance.exports[runName] as (arena: number) => number
    this.#code = code
    collected.register(this, code, this)
  }

  /** Runs at once; the promise is for backends that cannot. */
  async run(inputs: readonly TypedArray[]): Promise<TypedArray[]> {
    return this.runSync(inputs)
  }

  runSync(inputs: readonly TypedArray[]): TypedArray[] {
    if (this.#version !== this.#heap.version) this.#takeViews()
    this.#copyIn(inputs)
    if (this.#start(this.#heap.arena) !== 0) this.#throwFault()
    const outputs: TypedArray[] = []
    for (let place = 0; place < this.#outputs.length; place++) outputs.push(copyOf(this.#outputs[place]!))
    return outputs
  }

  release(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    this.#version = -1
    collected.unregister(this)
    this.#code.releaseConstants()
  }

  /** After whatever changed the heap's version, be it that a state was released. */
  #takeViews(): void {
    if (this.#isReleased) throw new Error('run: the executable is released.')
    const lost = this.#states.findIndex(({ isReleased }) => isReleased)
    if (lost >= 0) throw new Error(`run: state ${lost} is released.`)
    this.#heap.reserveArena(this.#arenaBytes)
    const viewOf = (buffer: number): TypedArray => view(this.#program.buffers[buffer]!, this.#heap)
    this.#inputs = this.#program.inputs.map(viewOf)
    this.#outputs = this.#program.outputs.map(viewOf)
    this.#version = this.#heap.version
  }

  #copyIn(inputs: readonly TypedArray[]): void {
    const count = this.#inputs.length
    if (inputs.length !== count)
      throw new Error(`run: the program takes ${count} inputs, but ${inputs.length} were given.`)
    for (let place = 0; place < count; place++) {
      const target = this.#inputs[place]!
      const input = inputs[place]!
      if (input.constructor !== target.constructor || input.length !== target.length) this.#refuse(place, input)
      if (target.length > fewElements) target.set(input)
      else for (let i = 0; i < target.length; i++) target[i] = input[i]!
    }
  }

  #refuse(place: number, input: TypedArray): void {
    const { dtype, size } = this.#program.buffers[this.#program.inputs[place]!]!
    // A subclass, or an array of another realm, has another constructor.
    if (Object.prototype.toString.call(input) === `[object ${typedArrayOf[dtype].name}]` && input.length === size)
      return
    throw new Error(
      `run: input ${place} is a ${input.constructor.name} of ${input.length} elements, but the program takes ${dtype} [${size}].`,
    )
  }

  #throwFault(): never {
    const [number, value] = new Int32Array(this.#heap.memory.buffer, faultAddress, 2)
    throw new Error(faultMessage(this.#program.faults[number! - 1]!, value!))
  }
}

const collected = new FinalizationRegistry((code: ProgramCode) => code.releaseConstants())

function view({ dtype, size, offset }: Buffer, heap: Heap): TypedArray {
  return new typedArrayOf[dtype](heap.memory.buffer, heap.arena + offset!, size)
}

function copyOf(values: TypedArray): TypedArray {
  if (values.length > fewElements) return values.slice()
  const copy = new (values.constructor as new (length: number) => TypedArray)(values.length)
  for (let i = 0; i < copy.length; i++) copy[i] = values[i]!
  return copy
}
