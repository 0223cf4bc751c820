// One capture of a function, ready to be replayed.

import {
  evaluateSync,
  type Flag,
  matches,
  putTogether,
  type Structure,
  Tensor,
  type TypedArray,
  type Variable,
} from '@neurite/tensor'
import { signatureOf } from '../graph/signature.ts'
import { trace } from '../graph/trace.ts'
import type { Backend, Executable, Program, StartedRun, StateBuffer } from '../kernel/index.ts'
import type { Bindings, InputBinding } from '../program/binding.ts'
import { buildProgram } from '../program/build-program.ts'
import { SignatureCache } from '../program/signature-cache.ts'
import { rewrite } from '../rewrite/rewrite.ts'
import { knownValue } from '../runtime/known-value.ts'
import { residentState } from '../runtime/resident-state.ts'
import type { Capture } from './capture.ts'

// Functions of one structure, such as the steps of equal models, share their program.
const programs = new SignatureCache<Program>(256)

export class CompiledCall {
  readonly backend: Backend
  readonly #arguments: readonly Structure[]
  readonly #result: Structure
  readonly #outputs: readonly Tensor[]
  readonly #flags: readonly (readonly [Flag, boolean])[]
  /** Places, among the tensors of the arguments, of those that the program takes. */
  readonly #taken: readonly number[]
  readonly #variables: readonly Variable[]
  readonly #assigned: readonly Variable[]
  readonly #program: Program
  #states: readonly StateBuffer[] = []
  #executable: Executable | undefined

  constructor(argumentStructures: readonly Structure[], capture: Capture, backend: Backend) {
    this.backend = backend
    this.#arguments = argumentStructures
    this.#result = capture.result
    this.#outputs = capture.outputs
    this.#flags = [...capture.flags]
    const bound = bindCapture(capture)
    const { bindings, taken, variables } = bound
    this.#taken = taken
    this.#variables = variables
    this.#assigned = bindings.assigned.map((state) => variables[state]!)
    this.#program = programOf(bound)
  }

  /** Whether the arguments and all flags are as they were at the capture; if so the tensors are added to `tensors`. */
  accepts(args: readonly unknown[], tensors: Tensor[]): boolean {
    if (args.length !== this.#arguments.length) return false
    for (const [flag, on] of this.#flags) if (flag.on !== on) return false
    for (let i = 0; i < args.length; i++) if (!matches(this.#arguments[i]!, args[i], tensors)) return false
    return true
  }

  /** Runs the program on the tensors in the arguments: updates the variables, gives the function's result. */
  run(tensors: readonly Tensor[]): unknown {
    const inputs = this.#gather(tensors)
    const executable = this.#bind()
    for (const variable of this.#variables) variable.upload()
    for (const variable of this.#assigned) variable.beforeWrite()
    try {
      const values = executable.start?.(inputs) ?? executable.runSync?.(inputs) ?? executable.run(inputs)
      let place = 0
      return putTogether(this.#result, () => this.#output(place++, values))
    } finally {
      // Also a run that failed has written.
      for (const variable of this.#assigned) variable.afterWrite()
    }
  }

  release(): void {
    this.#executable?.release()
    this.#executable = undefined
  }

  #gather(tensors: readonly Tensor[]): TypedArray[] {
    const inputs: TypedArray[] = []
    for (const place of this.#taken) {
      const tensor = tensors[place]!
      if (tensor.realized === undefined) evaluateSync(tensors.filter((other) => other.realized === undefined))
      inputs.push(knownValue(tensor))
    }
    return inputs
  }

  /** The executable over the memory where the variables live now. */
  #bind(): Executable {
    const states = this.#states
    let isBound = this.#executable !== undefined
    for (let i = 0; i < states.length && isBound; i++) isBound = this.#variables[i]!.resident === states[i]
    if (isBound) return this.#executable!
    this.release()
    this.#states = this.#variables.map((variable) => residentState(variable, this.backend))
    this.#executable = this.backend.prepare(this.#program, this.#states)
    return this.#executable
  }

  #output(place: number, values: readonly TypedArray[] | Promise<readonly TypedArray[]> | StartedRun): Tensor {
    const { shape, dtype } = this.#outputs[place]!
    const tensor = new Tensor('input', [], { shape, dtype }, shape, dtype)
    if ('readSync' in values)
      tensor.realizeFrom({
        read: async () => (await values.read())[place]!,
        readSync: () => values.readSync()[place]!,
      })
    else if (!(values instanceof Promise)) tensor.realize(values[place]!)
    else {
      const value = values.then((all) => all[place]!)
      // Whoever awaits the tensor sees the failure; nobody else needs to.
      value.catch(() => {})
      tensor.realizeFrom({ read: () => value })
    }
    return tensor
  }
}

/** A capture as a graph whose leaves and roots are bound. */
export interface BoundCapture {
  readonly graph: ReturnType<typeof trace>['graph']
  readonly bindings: Bindings
  /** Places, among the tensors of the arguments, of those that the program takes. */
  readonly taken: readonly number[]
  /** Its states. */
  readonly variables: readonly Variable[]
}

export function programOf({ graph, bindings }: BoundCapture): Program {
  return programs.find(signatureOf(graph), bindings, () => buildProgram(rewrite(graph), bindings))
}

export function bindCapture({ placeholders, outputs, reads, assignments }: Capture): BoundCapture {
  const changed = [...assignments].filter(([variable, value]) => reads.get(variable) !== value)
  const { graph, leaves } = trace([...outputs, ...changed.map(([, value]) => value)])
  const argumentPlaces = new Map(placeholders.map((tensor, place) => [tensor, place]))
  const variableOf = new Map([...reads].map(([variable, tensor]) => [tensor, variable]))
  const states = new Map<Variable, number>()
  const stateOf = (variable: Variable): number => {
    const state = states.get(variable) ?? states.size
    states.set(variable, state)
    return state
  }
  const taken: number[] = []
  const inputs = leaves.map((leaf): InputBinding => {
    const variable = variableOf.get(leaf)
    if (variable !== undefined) return { kind: 'state', state: stateOf(variable) }
    const place = argumentPlaces.get(leaf)
    if (place === undefined) {
      leaf.fetchSourceSync()
      return { kind: 'constant', data: knownValue(leaf) }
    }
    taken.push(place)
    return { kind: 'argument' }
  })
  const assigned = changed.map(([variable]) => stateOf(variable))
  return { graph, bindings: { inputs, outputCount: outputs.length, assigned }, taken, variables: [...states.keys()] }
}
