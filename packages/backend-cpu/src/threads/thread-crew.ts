import { canHaveThreads, startWorkerHere } from './environment.ts'
import { type HandedJob, type Job, ThreadPool } from './thread-pool.ts'
import type { ProgramDescription } from './worker-source.ts'

/** Memory that threads share, of which programs have their parts. */
export interface SharedHeap {
  readonly memory: WebAssembly.Memory
  allocate(bytes: number): number
  release(address: number): void
}

/** A program that threads run. */
export interface ThreadedProgram {
  readonly number: number
  readonly bytes: Uint8Array
  readonly imports: { readonly [name: string]: number }
  readonly references: readonly string[]
}

// A thread that is this late will not come: all have about the same to do.
const patience = 60

interface Started {
  pool: ThreadPool | undefined
}

/** About. What is over sooner has nothing of other threads; beside it, they would take the processors from those that compile it. */
const millisecondsToStart = 20

/** The threads of one heap. They are started when a program first asks for them, and again when their number is to change. */
export class ThreadCrew {
  readonly #heap: SharedHeap
  readonly #wanted: () => number
  readonly #known = new Set<number>()
  #forgotten: number[] = []
  readonly #started: Started = { pool: undefined }
  #pools = 0
  #hasFailed = false
  #alone = 0

  readonly #takesPart: boolean

  /**
   * `wanted` tells how many threads there are to be. If the caller `takesPart`, it is one of them and `run` is for it; otherwise it has
   * `hand`.
   */
  constructor(heap: SharedHeap, wanted: () => number, takesPart: boolean) {
    this.#heap = heap
    this.#wanted = canHaveThreads() ? wanted : () => 1
    this.#takesPart = takesPart
    collected.register(this, this.#started)
  }

  /** How many threads are there; none are started for that. */
  get present(): number {
    const { pool } = this.#started
    return pool?.isReady && pool.threads === this.#wanted() ? this.threads : 1
  }

  /** Takes note of a run that one thread did alone. The others are started when such runs have taken as long as that does. */
  ranAlone(milliseconds: number): void {
    this.#alone += milliseconds
    if (this.#alone > millisecondsToStart) this.#currentPool()
  }

  /** How many threads a run can have now; 1 while others are being started. */
  get threads(): number {
    const pool = this.#currentPool()
    return pool?.isReady ? pool.threads : 1
  }

  /** Starts the threads and waits for them; resolves with how many there are. */
  async start(): Promise<number> {
    await this.#currentPool()?.settled()
    return this.threads
  }

  /**
   * Runs a program on all threads. Telling them of it takes memory, so `prepare` is called then, to take views of the memory, write
   * inputs and return the arena's address; then `own`, the caller's part.
   */
  run(program: ThreadedProgram, prepare: () => number, own: (threads: number) => number): void {
    const description = this.#describeIfNew(program)
    try {
      this.#started.pool!.run(jobOf(program, description, prepare()), own)
      this.#isKnown(program, description)
    } finally {
      this.#releaseDescription(description)
    }
  }

  /** Hands a run of a program to the threads; when it is over, `status` must be asked. */
  hand(program: ThreadedProgram, prepare: () => number): HandedJob {
    const description = this.#describeIfNew(program)
    let handed: HandedJob
    try {
      handed = this.#started.pool!.hand(jobOf(program, description, prepare()))
    } catch (error) {
      this.#releaseDescription(description)
      throw error
    }
    const status = (): number => {
      try {
        const status = handed.status()
        this.#isKnown(program, description)
        return status
      } finally {
        this.#releaseDescription(description)
      }
    }
    return { ...handed, status }
  }

  /** The program will not be run again. */
  forget(program: number): void {
    if (this.#known.delete(program)) this.#forgotten.push(program)
  }

  #currentPool(): ThreadPool | undefined {
    if (this.#hasFailed) return undefined
    if (this.#started.pool?.problem !== undefined) {
      this.#hasFailed = true
      this.#started.pool = undefined
      return undefined
    }
    const threads = this.#wanted()
    if ((this.#started.pool?.threads ?? 1) !== threads) {
      this.#started.pool?.stop()
      this.#known.clear()
      this.#forgotten = []
      this.#started.pool = threads === 1 ? undefined : this.#startPool(threads)
    }
    return this.#started.pool
  }

  #describeIfNew(program: ThreadedProgram): Description {
    return this.#known.has(program.number) ? nothing : this.#describe(program)
  }

  #isKnown(program: ThreadedProgram, { address }: Description): void {
    if (address === 0) return
    this.#known.add(program.number)
    this.#forgotten = []
  }

  #releaseDescription({ address }: Description): void {
    if (address !== 0) this.#heap.release(address)
  }

  #describe({ bytes, imports, references }: ThreadedProgram): Description {
    const description: ProgramDescription = { bytes: bytes.length, imports, references, forgotten: this.#forgotten }
    const text = new TextEncoder().encode(JSON.stringify(description))
    // A zero ends the text.
    const length = text.length + 1 + bytes.length
    const address = this.#heap.allocate(length)
    const into = new Uint8Array(this.#heap.memory.buffer, address, length)
    into.set(text)
    into[text.length] = 0
    into.set(bytes, text.length + 1)
    return { address, length }
  }

  #startPool(threads: number): ThreadPool {
    const number = ++this.#pools
    return new ThreadPool({
      memory: this.#heap.memory,
      threads,
      takesPart: this.#takesPart,
      number,
      patience,
      startWorker: startWorkerHere()!,
    })
  }
}

/** Memory that describes a program. */
interface Description {
  readonly address: number
  readonly length: number
}

const nothing: Description = { address: 0, length: 0 }

function jobOf({ number }: ThreadedProgram, { address, length }: Description, arena: number): Job {
  return { program: number, arena, description: address, descriptionBytes: length }
}

// Workers wait for jobs until they are told to go.
const collected = new FinalizationRegistry(({ pool }: Started) => pool?.stop())
