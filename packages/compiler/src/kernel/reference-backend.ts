// The smallest complete backend: the interpreter over one arena. It is the model for authors of others, and what runs
// where nothing faster can.

import type { Backend, Executable, StateBuffer } from './backend.ts'
import { allocateTypedArray, type DType, type TypedArray, typedArrayOf } from './dtype.ts'
import { type FaultReport, interpreterOf } from './interpret.ts'
import { type Buffer, faultMessage, type Program } from './kernel.ts'

/** A backend that interprets programs in plain JavaScript, by the reference rules of every operation. */
export function referenceBackend(): Backend {
  // Only this backend can look behind its own state buffers.
  const memoryOf = new WeakMap<StateBuffer, TypedArray>()

  function createState(dtype: DType, size: number): StateBuffer {
    const data = allocateTypedArray(dtype, size)
    const state: StateBuffer = {
      dtype,
      size,
      write: (values) => {
        if (values.length !== size)
          throw new Error(`write: the state has ${size} elements, but ${values.length} were given.`)
        data.set(values)
      },
      read: async () => data.slice(),
      readSync: () => data.slice(),
      release: () => memoryOf.delete(state),
    }
    memoryOf.set(state, data)
    return state
  }

  function stateMemory(program: Program, states: readonly StateBuffer[]): ReadonlyMap<number, TypedArray> {
    if (states.length !== program.states.length)
      throw new Error(`prepare: the program has ${program.states.length} states, but ${states.length} were given.`)
    return new Map(
      program.states.map((buffer, place) => {
        const { dtype, size } = program.buffers[buffer]!
        const state = states[place]!
        if (state.dtype !== dtype || state.size !== size)
          throw new Error(
            `prepare: state ${place} is ${state.dtype} [${state.size}], but the program needs ${dtype} [${size}].`,
          )
        const memory = memoryOf.get(state)
        if (memory === undefined) throw new Error(`prepare: state ${place} is released or of another backend.`)
        return [buffer, memory]
      }),
    )
  }

  return {
    name: 'reference',
    describe: (program) => program.kernels.map((kernel) => ({ kernel })),
    createState,
    prepare: (program, states) => executable(program, stateMemory(program, states)),
  }
}

function executable(program: Program, states: ReadonlyMap<number, TypedArray>): Executable {
  const memory = layOut(program, states)
  let interpret: (() => FaultReport | undefined) | undefined = interpreterOf(program, memory)

  function runSync(inputs: readonly TypedArray[]): TypedArray[] {
    if (interpret === undefined) throw new Error('run: the executable is released.')
    checkInputs(program, inputs)
    for (const [place, buffer] of program.inputs.entries()) memory[buffer]!.set(inputs[place]!)
    const report = interpret()
    if (report) throw new Error(faultMessage(program.faults[report.fault]!, report.value))
    return program.outputs.map((buffer) => memory[buffer]!.slice())
  }

  return {
    // An async function runs at once up to its first await, so the inputs are copied before it returns.
    run: async (inputs) => runSync(inputs),
    runSync,
    release: () => {
      interpret = undefined
    },
  }
}

/** The memory of every buffer: views of one arena, bound states, and copies of constants. */
function layOut(program: Program, states: ReadonlyMap<number, TypedArray>): readonly TypedArray[] {
  const arena = new ArrayBuffer(program.arenaBytes)
  return program.buffers.map((buffer, number) => states.get(number) ?? ownMemory(buffer, arena))
}

function ownMemory({ role, dtype, size, data, offset }: Buffer, arena: ArrayBuffer): TypedArray {
  if (role === 'view') return allocateTypedArray(dtype, size)
  const Elements = typedArrayOf[dtype]
  return data === undefined ? new Elements(arena, offset!, size) : Elements.from(data)
}

function checkInputs(program: Program, inputs: readonly TypedArray[]): void {
  if (inputs.length !== program.inputs.length)
    throw new Error(`run: the program takes ${program.inputs.length} inputs, but ${inputs.length} were given.`)
  for (const [place, buffer] of program.inputs.entries()) {
    const { dtype, size } = program.buffers[buffer]!
    const input = inputs[place]!
    if (!(input instanceof typedArrayOf[dtype]) || input.length !== size)
      throw new Error(
        `run: input ${place} is a ${input.constructor.name} of ${input.length} elements, but the program takes ${dtype} [${size}].`,
      )
  }
}
