import type { Backend, Program, StateBuffer } from '@neurite/compiler/kernel'
import { canHaveThreads, canWaitForThreads } from '../threads/environment.ts'
import { ThreadChoice } from '../threads/thread-choice.ts'
import { checkThreads, getThreads } from '../threads/thread-count.ts'
import { ThreadCrew } from '../threads/thread-crew.ts'
import { CpuExecutable } from './executable.ts'
import { Heap } from './heap.ts'
import { ProgramCode, withoutWebAssembly } from './program-code.ts'
import { RunQueue } from './run-queue.ts'
import { CpuState } from './state.ts'

/** The CPU backend, which can tell what memory it takes. */
export interface CpuBackend extends Backend {
  memoryUsage(): MemoryUsage
  /**
   * Starts the threads of `setThreads`, which a program that is worth it would start otherwise, running alone meanwhile. Resolves with
   * how many there are: 1 where the environment allows no others.
   */
  startThreads(): Promise<number>
}

export interface MemoryUsage {
  /** Bytes of the WebAssembly memory, which never shrinks. */
  readonly bytes: number
  /** Bytes of it that hold states, constants and the arena in which programs run. */
  readonly bytesInUse: number
  /** How many such pieces there are. */
  readonly buffers: number
}

export interface CpuBackendOptions {
  /** How many threads run large programs of this backend. Default: those of `setThreads`. */
  readonly threads?: number
  /**
   * What a thread must have to do in a kernel, in estimated nanoseconds, for the kernel to be shared out. Default 8000, below which waiting
   * for each other costs more than it gains. 0 shares what can be shared: for tests, since results must not depend on it.
   */
  readonly nanosecondsPerThread?: number
  /**
   * Whether runs keep the caller waiting until they are over, as one of the threads. Default: where the environment lets it wait, which
   * it does not in the main thread of a page. Otherwise large programs are handed to threads, and the caller goes on until it awaits their
   * results; if it demands one at once (`itemSync`, `dataSync`) before they have begun, it does the work itself.
   */
  readonly blocks?: boolean
  /**
   * How many products a contraction must have to be run by tiles that stay in registers. Default 128, below which a plain loop is as fast
   * and its code much sooner written. 0 runs by tiles what can be: for tests.
   */
  readonly fewestProductsOfTiles?: number
}

/**
 * A backend that runs every program as WebAssembly with SIMD, written when the program is prepared.
 *
 * All its programs and states live in one memory, which grows as they need it, up to 4 GiB. Where the environment has no WebAssembly, or its
 * policy forbids to compile it, `prepare` and `createState` throw an error that says so.
 * @throws RangeError if an option is out of range
 */
export function cpuBackend({
  threads,
  nanosecondsPerThread = 8000,
  blocks = canWaitForThreads(),
  fewestProductsOfTiles,
}: CpuBackendOptions = {}): CpuBackend {
  if (threads !== undefined) checkThreads('cpuBackend', threads)
  if (!(nanosecondsPerThread >= 0))
    throw new RangeError(`cpuBackend: nanosecondsPerThread is ${nanosecondsPerThread}, not a number from 0 on.`)
  let known: Machine | undefined
  const codes = new WeakMap<Program, ProgramCode>()

  /** Made when it is first needed, so that programs which then ask for another backend need no WebAssembly. */
  function machine(): Machine {
    known ??= createMachine(threads === undefined ? getThreads : () => threads, blocks)
    return known
  }

  function codeOf(program: Program): ProgramCode {
    const known = codes.get(program)
    if (known) return known
    const { heap, queue } = machine()
    const sharing = {
      nanosecondsPerThread,
      isHanded: queue !== undefined,
      // Asked for when a kernel is worth sharing: to count the processors takes Node a module.
      get threads() {
        return threads ?? getThreads()
      },
    }
    const code = new ProgramCode(program, heap, { sharing, fewestProductsOfTiles })
    codes.set(program, code)
    return code
  }

  return {
    name: 'cpu',
    describe: (program) => codeOf(program).describe(),
    scratchBytes: (program) => codeOf(program).arenaBytesFor(machine().crew.threads) - program.arenaBytes,
    createState(dtype, size) {
      const { heap, queue } = machine()
      return new CpuState(heap, dtype, size, queue)
    },
    prepare(program, states) {
      const own = checkStates(program, states, machine().heap)
      const choice = nanosecondsPerThread > 0 ? new ThreadChoice() : undefined
      return new CpuExecutable({ ...machine(), program, code: codeOf(program), states: own, choice })
    },
    async exportProgram(program, states) {
      // Programs that do not export need not load it.
      const { exportProgram } = await import('./export-program.ts')
      return exportProgram(program, states, { fewestProductsOfTiles })
    },
    memoryUsage: () => {
      const { heap } = machine()
      const { bytes, runs } = heap.inUse
      return { bytes: heap.size, bytesInUse: bytes, buffers: runs }
    },
    async startThreads() {
      const { crew, queue } = machine()
      if (queue !== undefined) await queue.settled()
      return crew.start()
    },
  }
}

interface Machine {
  readonly heap: Heap
  readonly crew: ThreadCrew
  readonly queue: RunQueue | undefined
}

function createMachine(wanted: () => number, blocks: boolean): Machine {
  if (typeof WebAssembly === 'undefined')
    throw new Error(`backend-cpu: this environment has no WebAssembly. ${withoutWebAssembly}`)
  const heap = new Heap({ isShared: canHaveThreads() })
  const queue = blocks || !heap.isShared ? undefined : new RunQueue()
  return { heap, crew: new ThreadCrew(heap, wanted, blocks), queue }
}

function checkStates(program: Program, states: readonly StateBuffer[], heap: Heap): CpuState[] {
  if (states.length !== program.states.length)
    throw new Error(`prepare: the program has ${program.states.length} states, but ${states.length} were given.`)
  return program.states.map((buffer, place) => {
    const { dtype, size } = program.buffers[buffer]!
    const state = states[place]!
    if (state.dtype !== dtype || state.size !== size)
      throw new Error(
        `prepare: state ${place} is ${state.dtype} [${state.size}], but the program needs ${dtype} [${size}].`,
      )
    if (!(state instanceof CpuState) || state.heap !== heap || state.isReleased)
      throw new Error(`prepare: state ${place} is released or of another backend.`)
    return state
  })
}
