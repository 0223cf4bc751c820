// A program with data, run by a backend and by the interpreter side by side.

import {
  allocateTypedArray,
  type Backend,
  type DType,
  faultMessage,
  interpreterOf,
  type Program,
  printProgram,
  type TypedArray,
  typedArrayOf,
  validate,
} from '../kernel/index.ts'
import { differences, type Tolerances } from './compare.ts'
import { exact } from './tolerance.ts'

export interface ConformanceCase {
  readonly program: Program
  /** Inputs of each run; the states carry over from run to run. */
  readonly runs: readonly (readonly TypedArray[])[]
  /** What the states hold before the first run. */
  readonly states: readonly TypedArray[]
  /** By buffer, for outputs and states; exact where absent. */
  readonly tolerances: ReadonlyMap<number, Tolerances>
}

/**
 * Runs a case and compares every output after every run and every state at the end with the interpreter.
 * @returns sentences about what differs; none if the backend conforms. A difference is followed by the program's text.
 */
export async function runCase(backend: Backend, testCase: ConformanceCase): Promise<readonly string[]> {
  const { program, runs, tolerances } = testCase
  validate(program)
  const reference = interpreted(testCase)
  const states = program.states.map((buffer, place) => {
    const { dtype, size } = program.buffers[buffer]!
    const state = backend.createState(dtype, size)
    state.write(testCase.states[place]!)
    return state
  })
  const executable = backend.prepare(program, states)
  const found: string[] = []
  const compare = (what: string, buffer: number, actual: TypedArray, expected: TypedArray): void => {
    const { dtype } = program.buffers[buffer]!
    const tolerance = tolerances.get(buffer) ?? exact
    found.push(...differences(`${what} (buffer ${buffer})`, actual, expected, { dtype, tolerance }))
  }
  for (const [run, inputs] of runs.entries()) {
    const outputs = await executable.run(inputs)
    const expected = reference.run(inputs)
    program.outputs.forEach((buffer, place) => {
      compare(`run ${run}, output ${place}`, buffer, outputs[place]!, expected[place]!)
    })
  }
  for (const [place, buffer] of program.states.entries())
    compare(`state ${place}`, buffer, await states[place]!.read(), reference.memory[buffer]!)
  executable.release()
  for (const state of states) state.release()
  return found.length === 0 ? [] : [...found, printProgram(program)]
}

/** The case's program in the interpreter, with memory of its own for every buffer: nothing can lie on top of anything else. */
function interpreted({ program, states }: ConformanceCase): {
  readonly memory: readonly TypedArray[]
  readonly run: (inputs: readonly TypedArray[]) => readonly TypedArray[]
} {
  const memory = program.buffers.map(({ dtype, size, data }) =>
    data === undefined ? allocateTypedArray(dtype, size) : typedArrayOf[dtype].from(data),
  )
  program.states.forEach((buffer, place) => {
    memory[buffer]!.set(states[place]!)
  })
  const interpret = interpreterOf(program, memory)
  const run = (inputs: readonly TypedArray[]): readonly TypedArray[] => {
    program.inputs.forEach((buffer, place) => {
      memory[buffer]!.set(inputs[place]!)
    })
    const report = interpret()
    if (report) throw new Error(faultMessage(program.faults[report.fault]!, report.value))
    return program.outputs.map((buffer) => memory[buffer]!.slice())
  }
  return { memory, run }
}

/** The dtypes that a program's buffers and expressions have. */
export function dtypesIn({ buffers }: Program): ReadonlySet<DType> {
  return new Set(buffers.map(({ dtype }) => dtype))
}
