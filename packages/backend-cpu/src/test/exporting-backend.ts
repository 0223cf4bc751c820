// A backend that runs every program as what `exportProgram` makes of it.

import {
  type Backend,
  type DType,
  type Executable,
  type ExportedProgram,
  faultMessage,
  operation,
  type Program,
  type ScalarOp,
  type StateBuffer,
  type TypedArray,
  typedArrayOf,
} from '@neurite/compiler/kernel'
import { cpuBackend } from '../index.ts'
import { exportProgram } from '../runtime/export-program.ts'

/** States live in a CPU backend; each run carries their values into the exported module and back. */
export function exportingBackend(): Backend {
  const inner = cpuBackend()
  return {
    ...inner,
    prepare(program, states) {
      // Refuses what does not fit.
      inner.prepare(program, states).release()
      return new ExportedExecutable(
        program,
        exportProgram(
          program,
          states.map((state) => state.readSync!()),
          {},
        ),
        states,
      )
    },
  }
}

class ExportedExecutable implements Executable {
  readonly #program: Program
  readonly #exported: ExportedProgram
  readonly #states: readonly StateBuffer[]
  readonly #memory: WebAssembly.Memory
  readonly #start: (arena: number) => number
  #isReleased = false

  constructor(program: Program, exported: ExportedProgram, states: readonly StateBuffer[]) {
    this.#program = program
    this.#exported = exported
    this.#states = states
    this.#memory = new WebAssembly.Memory({ initial: exported.pages, maximum: exported.pages })
    const module = new WebAssembly.Module(exported.wasm)
    const operations = WebAssembly.Module.imports(module).filter(({ kind }) => kind === 'function')
    const env = Object.fromEntries(operations.map(({ name }) => [name, operation(name as Operation, 'float64')]))
    const instance = new WebAssembly.Instance(module, { env: { memory: this.#memory, ...exported.globals, ...env } })
    this.#start = instance.exports.run as (arena: number) => number
    // The module brings the states' values along.
    for (const [i, view] of this.#views(program.states, exported.states).entries()) {
      const expected = new Uint8Array(states[i]!.readSync!().buffer)
      const found = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
      if (found.some((byte, at) => byte !== expected[at])) throw new Error(`state ${i} has other values.`)
    }
  }

  async run(inputs: readonly TypedArray[]): Promise<TypedArray[]> {
    return this.runSync(inputs)
  }

  runSync(inputs: readonly TypedArray[]): TypedArray[] {
    const { inputs: inputAddresses, outputs, states, arena, fault } = this.#exported
    if (this.#isReleased) throw new Error('run: the executable is released.')
    const targets = this.#views(this.#program.inputs, inputAddresses)
    if (inputs.length !== targets.length)
      throw new Error(`run: the program takes ${targets.length} inputs, but ${inputs.length} were given.`)
    for (const [i, view] of targets.entries()) {
      if (inputs[i]!.length !== view.length || inputs[i]!.constructor !== view.constructor)
        throw new Error(`run: input ${i} has another length or dtype.`)
      view.set(inputs[i]!)
    }
    const kept = this.#views(this.#program.states, states)
    for (const [i, view] of kept.entries()) view.set(this.#states[i]!.readSync!())
    const isFault = this.#start(arena) !== 0
    for (const [i, view] of kept.entries()) this.#states[i]!.write(view)
    if (isFault) {
      const [number, value] = new Int32Array(this.#memory.buffer, fault, 2)
      throw new Error(faultMessage(this.#program.faults[number! - 1]!, value!))
    }
    return this.#views(this.#program.outputs, outputs).map((view) => view.slice())
  }

  release(): void {
    this.#isReleased = true
  }

  #views(buffers: readonly number[], addresses: readonly number[]): TypedArray[] {
    return buffers.map((buffer, i) => {
      const { dtype, size }: { dtype: DType; size: number } = this.#program.buffers[buffer]!
      return new typedArrayOf[dtype](this.#memory.buffer, addresses[i]!, size)
    })
  }
}

type Operation = Exclude<ScalarOp, 'cast'>
