// A program with data, run by a backend and by the interpreter side by side.

import {
  allocateTypedArray,
  type Backend,
  type Executable,
  faultMessage,
  type Program,
  printProgram,
  type StateBuffer,
  type TypedArray,
  typedArrayOf,
  validate,
} from '../kernel/index.ts'
import { differences } from './compare.ts'
import { trackedInterpreterOf } from './error/tracked-program.ts'

export interface ConformanceCase {
  readonly title: string
  readonly program: Program
  /** Inputs of each run; the states carry over from run to run. */
  readonly runs: readonly (readonly TypedArray[])[]
  /** What the states hold before the first run. */
  readonly states: readonly TypedArray[]
}

/** What may be found after a run. */
export interface Expectation {
  readonly outputs: readonly TypedArray[]
  /** By output, the errors allowed in its elements. */
  readonly errors: readonly Float64Array[]
  /** The messages of which a run must throw one; none if it must not throw. */
  readonly messages: readonly string[]
}

/** Runs the case's program as the interpreter does, with memory of its own for every buffer: nothing lies on top of anything else. */
export class ExpectedRuns {
  readonly #program: Program
  readonly #memory: readonly TypedArray[]
  readonly #errors: readonly Float64Array[]
  readonly #interpret: ReturnType<typeof trackedInterpreterOf>

  constructor({ program, states }: ConformanceCase) {
    this.#program = program
    this.#memory = program.buffers.map(({ dtype, size, data }) =>
      data === undefined ? allocateTypedArray(dtype, size) : typedArrayOf[dtype].from(data),
    )
    this.#errors = program.buffers.map(({ size }) => new Float64Array(size))
    program.states.forEach((buffer, place) => {
      this.#memory[buffer]!.set(states[place]!)
    })
    this.#interpret = trackedInterpreterOf(program, this.#memory, this.#errors)
  }

  run(inputs: readonly TypedArray[]): Expectation {
    const { inputs: buffers, outputs, faults } = this.#program
    buffers.forEach((buffer, place) => {
      this.#memory[buffer]!.set(inputs[place]!)
    })
    const reports = this.#interpret()
    return {
      outputs: outputs.map((buffer) => this.#memory[buffer]!.slice()),
      errors: outputs.map((buffer) => this.#errors[buffer]!.slice()),
      messages: [...new Set(reports.map(({ fault, value }) => faultMessage(faults[fault]!, value)))],
    }
  }

  state(place: number): { readonly values: TypedArray; readonly errors: Float64Array } {
    const buffer = this.#program.states[place]!
    return { values: this.#memory[buffer]!, errors: this.#errors[buffer]! }
  }
}

/**
 * Runs a case and compares every output after every run and every state at the end with the interpreter.
 * @returns sentences about what differs; none if the backend conforms. A difference is followed by the program's text.
 */
export async function runCase(backend: Backend, testCase: ConformanceCase): Promise<readonly string[]> {
  const { program, runs } = testCase
  validate(program)
  const expected = new ExpectedRuns(testCase)
  const states = createStates(backend, testCase)
  const found: string[] = []
  try {
    const executable = backend.prepare(program, states)
    for (const [number, inputs] of runs.entries())
      found.push(...(await compareRun(executable, inputs, expected.run(inputs), `run ${number}`)))
    for (const [place, state] of states.entries()) {
      const { values, errors } = expected.state(place)
      found.push(...differences(`state ${place} after the last run`, await state.read(), values, errors))
    }
    executable.release()
  } catch (error) {
    found.push(`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
  for (const state of states) state.release()
  return found.length === 0 ? [] : [...found, printProgram(program)]
}

/** State buffers of a backend that hold what the case's states hold at first. */
export function createStates(backend: Backend, { program, states }: ConformanceCase): readonly StateBuffer[] {
  return program.states.map((buffer, place) => {
    const { dtype, size } = program.buffers[buffer]!
    const state = backend.createState(dtype, size)
    state.write(states[place]!)
    return state
  })
}

async function compareRun(
  executable: Executable,
  inputs: readonly TypedArray[],
  { outputs, errors, messages }: Expectation,
  name: string,
): Promise<readonly string[]> {
  let found: readonly TypedArray[]
  try {
    found = await executable.run(inputs)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (messages.includes(message)) return []
    return [`${name}: threw "${message}", expected ${messages.length === 0 ? 'no error' : listOf(messages)}`]
  }
  if (messages.length > 0) return [`${name}: threw nothing, expected ${listOf(messages)}`]
  if (found.length !== outputs.length) return [`${name}: gave ${found.length} outputs, expected ${outputs.length}`]
  return outputs.flatMap((output, place) =>
    differences(`${name}, output ${place}`, found[place]!, output, errors[place]!),
  )
}

function listOf(messages: readonly string[]): string {
  return messages.map((message) => `"${message}"`).join(' or ')
}
