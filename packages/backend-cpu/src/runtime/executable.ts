import {
  type Buffer,
  type Executable,
  faultMessage,
  type Program,
  type StartedRun,
  type TypedArray,
  typedArrayOf,
} from '@neurite/compiler/kernel'
import { addressName } from '../program/program-module.ts'
import { threadWords, threadWordsAddress } from '../threads/control-block.ts'
import type { ThreadChoice } from '../threads/thread-choice.ts'
import type { ThreadCrew, ThreadedProgram } from '../threads/thread-crew.ts'
import { threadEntry, threadWordsImport } from '../threads/worker-source.ts'
import { importNamespace } from '../wasm/module-writer.ts'
import type { Heap } from './heap.ts'
import { keepFreedMemory } from './kept-memory.ts'
import type { ProgramCode, ProgramConstants } from './program-code.ts'
import type { HandedWork, RunQueue } from './run-queue.ts'
import type { CpuState } from './state.ts'

// Up to so many elements a loop copies faster than a call of `set` or a constructor.
const fewElements = 48

export interface ExecutableParts {
  readonly program: Program
  readonly code: ProgramCode
  readonly heap: Heap
  readonly states: readonly CpuState[]
  readonly crew: ThreadCrew
  /** Of the runs that are handed to other threads; undefined if the caller takes part in them. */
  readonly queue: RunQueue | undefined
  /** Learns whether several threads are faster; undefined if they do all that they can. */
  readonly choice: ThreadChoice | undefined
}

/** A program with its states. The call path allocates nothing but the outputs. */
export class CpuExecutable implements Executable {
  readonly #program: Program
  readonly #heap: Heap
  readonly #states: readonly CpuState[]
  readonly #call: (arena: number, thread?: number, threads?: number) => number
  readonly #code: ProgramCode
  readonly #threaded: Threaded | undefined
  readonly #queue: RunQueue | undefined
  readonly #choice: ThreadChoice | undefined
  /** Where runs are handed to other threads. */
  readonly start?: (inputs: readonly TypedArray[]) => StartedRun | undefined
  /** How many threads the arena has room for. */
  #threads = 1
  #version = -1
  #inputs: TypedArray[] = []
  #outputs: TypedArray[] = []
  #isReleased = false

  constructor({ program, code, heap, states, crew, queue, choice }: ExecutableParts) {
    this.#program = program
    this.#heap = heap
    this.#states = states
    const constants = code.constants.acquire()
    const addresses = [
      ...constants,
      ...program.states.map((buffer, place) => [buffer, states[place]!.address] as const),
    ]
    const globals = Object.fromEntries(addresses.map(([buffer, address]) => [addressName(buffer), address]))
    const imports = { memory: heap.memory, ...code.references, ...globals, [threadWordsImport]: threadWordsAddress(0) }
    const instance = new WebAssembly.Instance(code.module, { [importNamespace]: imports })
    this.#call = instance.exports[threadEntry] as (arena: number) => number
    this.#code = code
    this.#threaded = code.threadedBytes && {
      crew,
      program: {
        number: ++executables,
        bytes: code.threadedBytes,
        imports: globals,
        references: Object.keys(code.references),
      },
    }
    this.#queue = queue
    this.#choice = choice
    if (queue !== undefined) this.start = (inputs) => this.#startIn(queue, inputs)
    collected.register(this, partsToRelease(code, this.#threaded), this)
  }

  async run(inputs: readonly TypedArray[]): Promise<TypedArray[]> {
    if (this.#queue === undefined || this.#runsAlone(this.#queue)) return this.runSync(inputs)
    const copies = inputs.map((input) => input.slice())
    return this.#startIn(this.#queue, copies)?.read() ?? this.runSync(copies)
  }

  runSync(inputs: readonly TypedArray[]): TypedArray[] {
    this.#queue?.settle()
    if (this.#queue !== undefined || this.#threaded === undefined) return this.#runAlone(inputs)
    const { crew } = this.#threaded
    if (crew.present === 1) {
      const start = performance.now()
      const outputs = this.#runAlone(inputs)
      crew.ranAlone(performance.now() - start)
      return outputs
    }
    if (this.#choice !== undefined) return this.#runAsChosen(this.#threaded, inputs, this.#choice)
    this.#runOnThreads(this.#threaded, inputs)
    return this.#takeOutputs()
  }

  #runAsChosen(threaded: Threaded, inputs: readonly TypedArray[], choice: ThreadChoice): TypedArray[] {
    const start = performance.now()
    if (choice.isShared) this.#runOnThreads(threaded, inputs)
    else this.#compute(inputs)
    // Copied out here: what another processor has just written is slower to read.
    const outputs = this.#takeOutputs()
    choice.took(performance.now() - start)
    return outputs
  }

  #startIn(queue: RunQueue, inputs: readonly TypedArray[]): StartedRun | undefined {
    if (this.#runsAlone(queue)) return undefined
    return queue.add({ hand: () => this.#hand(inputs), doAlone: () => this.#runAlone(inputs) })
  }

  /** Whether other threads are of no use, and no other run has to be over before. */
  #runsAlone(queue: RunQueue): boolean {
    return queue.isEmpty && (this.#threaded === undefined || this.#threaded.crew.threads === 1)
  }

  #runAlone(inputs: readonly TypedArray[]): TypedArray[] {
    this.#compute(inputs)
    return this.#takeOutputs()
  }

  /** On this thread. */
  #compute(inputs: readonly TypedArray[]): void {
    if (this.#version !== this.#heap.version) this.#takeViews()
    this.#copyIn(inputs)
    if (this.#call(this.#heap.arena, 0, 1) !== 0) this.#throwFault(0)
  }

  /** Undefined if other threads are of no use. */
  #hand(inputs: readonly TypedArray[]): HandedWork<TypedArray[]> | undefined {
    if (this.#threaded === undefined) return undefined
    const { crew, program } = this.#threaded
    const { threads } = crew
    // Workers do not have what JavaScript's `Math` lacks.
    if (threads === 1 || !program.references.every((op) => op in Math)) return undefined
    const { over, wait, status } = crew.hand(program, () => this.#prepare(threads, inputs))
    const result = (): TypedArray[] => {
      status()
      if (this.#program.faults.length > 0) this.#throwFirstFault(threads)
      return this.#takeOutputs()
    }
    return { over, wait, result }
  }

  #takeOutputs(): TypedArray[] {
    const outputs: TypedArray[] = []
    for (let place = 0; place < this.#outputs.length; place++) outputs.push(copyOf(this.#outputs[place]!))
    return outputs
  }

  release(): void {
    if (this.#isReleased) return
    this.#queue?.settle()
    this.#isReleased = true
    this.#version = -1
    collected.unregister(this)
    releaseParts(partsToRelease(this.#code, this.#threaded))
  }

  #runOnThreads({ crew, program }: Threaded, inputs: readonly TypedArray[]): void {
    const { threads } = crew
    const prepare = (): number => this.#prepare(threads, inputs)
    crew.run(program, prepare, () => this.#call(this.#heap.arena, 0, threads))
    if (this.#program.faults.length > 0) this.#throwFirstFault(threads)
  }

  /** Makes room for so many threads, writes the inputs, and gives the arena's address. */
  #prepare(threads: number, inputs: readonly TypedArray[]): number {
    if (threads !== this.#threads) {
      this.#threads = threads
      this.#version = -1
    }
    if (this.#version !== this.#heap.version) this.#takeViews()
    this.#copyIn(inputs)
    return this.#heap.arena
  }

  /** After whatever changed the heap's version, be it that a state was released. */
  #takeViews(): void {
    if (this.#isReleased) throw new Error('run: the executable is released.')
    const lost = this.#states.findIndex(({ isReleased }) => isReleased)
    if (lost >= 0) throw new Error(`run: state ${lost} is released.`)
    this.#heap.reserveArena(this.#code.arenaBytesFor(this.#threads))
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

  /** The fault that one thread alone would have met first. */
  #throwFirstFault(threads: number): void {
    let [first, kernel, round] = [-1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (let thread = 0; thread < threads; thread++) {
      if (this.#wordOf(thread, threadWords.fault) === 0) continue
      const [ownKernel, ownRound] = [threadWords.faultKernel, threadWords.faultRound].map((word) =>
        this.#wordOf(thread, word),
      ) as [number, number]
      if (ownKernel > kernel || (ownKernel === kernel && ownRound > round)) continue
      first = thread
      kernel = ownKernel
      round = ownRound
    }
    if (first >= 0) this.#throwFault(first)
  }

  #throwFault(thread: number): never {
    const number = this.#wordOf(thread, threadWords.fault)
    throw new Error(faultMessage(this.#program.faults[number - 1]!, this.#wordOf(thread, threadWords.faultIndex)))
  }

  #wordOf(thread: number, word: number): number {
    return new Int32Array(this.#heap.memory.buffer, threadWordsAddress(thread) + word, 1)[0]!
  }
}

interface Threaded {
  readonly crew: ThreadCrew
  readonly program: ThreadedProgram
}

/** Not the code itself: until the registry's callback has its turn, which it has not in a loop that never awaits, these stay alive. */
interface Parts {
  readonly constants: ProgramConstants
  readonly crew: ThreadCrew | undefined
  readonly number: number
}

let executables = 0

function partsToRelease({ constants }: ProgramCode, threaded: Threaded | undefined): Parts {
  return { constants, crew: threaded?.crew, number: threaded?.program.number ?? 0 }
}

function releaseParts({ constants, crew, number }: Parts): void {
  constants.release()
  crew?.forget(number)
}

const collected = new FinalizationRegistry(releaseParts)

function view({ dtype, size, offset }: Buffer, heap: Heap): TypedArray {
  return new typedArrayOf[dtype](heap.memory.buffer, heap.arena + offset!, size)
}

function copyOf(values: TypedArray): TypedArray {
  const Values = values.constructor as new (from: number | TypedArray) => TypedArray
  if (values.length > fewElements) {
    keepFreedMemory(values.byteLength)
    // Unlike `slice`, it does not fill the copy with zeros first.
    return new Values(values)
  }
  const copy = new Values(values.length)
  for (let i = 0; i < copy.length; i++) copy[i] = values[i]!
  return copy
}
