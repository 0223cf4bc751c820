// Runs a function once on tensors without values, to learn the graph that it builds.

import {
  type CaptureScope,
  captureIn,
  type Flag,
  putTogether,
  type Structure,
  showValue,
  Tensor,
  takeApart,
  type Variable,
} from '@neurite/tensor'

/** What a function does with arguments of one structure, as a graph. */
export interface Capture {
  /** Stand in the graph for the tensors in the arguments, in order. */
  readonly placeholders: readonly Tensor[]
  readonly result: Structure
  /** The tensors in the result, in order. */
  readonly outputs: readonly Tensor[]
  /** Every variable that is read, with the tensor that stands for its value before the call. */
  readonly reads: ReadonlyMap<Variable, Tensor>
  /** Every variable that is assigned, with its value after the call. */
  readonly assignments: ReadonlyMap<Variable, Tensor>
  /** Flags that were asked, and what they said. */
  readonly flags: ReadonlyMap<Flag, boolean>
}

/** @throws TypeError unless `value` is a function. */
export function checkFunction(operation: string, value: unknown): void {
  if (typeof value !== 'function') throw new TypeError(`${operation}: a function is needed, not ${showValue(value)}.`)
}

/** @throws Error if the function is asynchronous. */
export function capture(fn: (...args: readonly never[]) => unknown, argumentStructures: readonly Structure[]): Capture {
  const placeholders: Tensor[] = []
  const standIn = (structure: Structure): unknown => putTogetherWithPlaceholders(structure, placeholders)
  const recorder = new Recorder()
  const value = captureIn(recorder, () => fn(...(argumentStructures.map(standIn) as never[])))
  if (value instanceof Promise) {
    // The rest of the function runs outside of the capture and can only fail: that is not news.
    value.catch(() => {})
    throw new Error(
      'compile: the function is asynchronous. Compile a synchronous function that returns tensors, and await their values outside.',
    )
  }
  const outputs: Tensor[] = []
  const result = takeApart(value, outputs)
  return { placeholders, result, outputs, ...recorder.record() }
}

/** The arguments without their tensors, which are added to `tensors`. */
export function structuresOf(args: readonly unknown[], tensors: Tensor[]): Structure[] {
  return args.map((arg) => takeApart(arg, tensors))
}

function putTogetherWithPlaceholders(structure: Structure, placeholders: Tensor[]): unknown {
  const types = tensorTypes(structure)
  let place = 0
  return putTogether(structure, () => {
    const tensor = placeholder(types[place++]!)
    placeholders.push(tensor)
    return tensor
  })
}

type TensorStructure = Extract<Structure, { kind: 'tensor' }>

function tensorTypes(structure: Structure): TensorStructure[] {
  if (structure.kind === 'tensor') return [structure]
  return structure.kind === 'fixed' ? [] : structure.items.flatMap(tensorTypes)
}

function placeholder({ shape, dtype }: Pick<Tensor, 'shape' | 'dtype'>): Tensor {
  return new Tensor('input', [], { shape, dtype }, shape, dtype)
}

class Recorder implements CaptureScope {
  readonly #reads = new Map<Variable, Tensor>()
  readonly #assignments = new Map<Variable, Tensor>()
  readonly #flags = new Map<Flag, boolean>()
  #isAsking = false

  readVariable(variable: Variable): Tensor {
    const assigned = this.#assignments.get(variable)
    if (assigned !== undefined) return assigned
    let value = this.#reads.get(variable)
    if (value === undefined) {
      value = placeholder(variable)
      this.#reads.set(variable, value)
    }
    return value
  }

  assignVariable(variable: Variable, next: Tensor): void {
    this.#assignments.set(variable, next)
  }

  readFlag(flag: Flag): void {
    if (this.#isAsking || this.#flags.has(flag)) return
    this.#isAsking = true
    this.#flags.set(flag, flag.on)
    this.#isAsking = false
  }

  record(): Pick<Capture, 'reads' | 'assignments' | 'flags'> {
    return { reads: this.#reads, assignments: this.#assignments, flags: this.#flags }
  }
}
