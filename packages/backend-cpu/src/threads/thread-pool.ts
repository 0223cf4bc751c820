import {
  abandoned,
  controlBlock,
  controlBlockEnd,
  counterBytes,
  counters,
  failures,
  threadWordsAddress,
} from './control-block.ts'
import type { StartWorker, WorkerThread } from './environment.ts'
import { workerSource } from './worker-source.ts'

export interface PoolOptions {
  readonly memory: WebAssembly.Memory
  readonly threads: number
  /** Whether the caller is the first of them, and waits in runs for the others. Default true. */
  readonly takesPart?: boolean
  /** Tells pools on the same memory apart: positive, and larger than those before. */
  readonly number: number
  readonly startWorker: StartWorker
  /** Seconds that the caller waits for the others in a run. */
  readonly patience: number
  /** Called when all workers have become ready. */
  readonly onReady?: () => void
  readonly source?: string
}

/** A run as the workers are told of it. */
export interface Job {
  readonly program: number
  readonly arena: number
  /** Where the program is described for those that do not know it; 0 if all do. */
  readonly description: number
  readonly descriptionBytes: number
}

/** A job that workers alone are doing. */
export interface HandedJob {
  /** Resolves when it is over, or never will be. */
  readonly over: Promise<void>
  /** Waits for that without letting anything else happen. */
  wait(): void
  /**
   * What came of it, when it is over.
   * @throws Error if a thread failed, or did not come back in time; the pool is stopped then.
   */
  status(): number
}

/** Workers that take part in the runs of one memory. They are reached through the memory alone, so the caller need not let events happen. */
export class ThreadPool {
  readonly threads: number
  readonly #number: number
  readonly #memory: WebAssembly.Memory
  readonly #patience: number
  readonly #control: Int32Array
  readonly #workers: WorkerThread[] = []
  readonly #firstWorker: number
  readonly #settled: Promise<void>
  #settle: () => void = () => {}
  #job = 0
  #finishJob: () => void = () => {}
  #ready = 0
  #state: 'starting' | 'ready' | 'stopped' = 'starting'
  #problem: string | undefined

  constructor({
    memory,
    threads,
    takesPart = true,
    number,
    startWorker,
    patience,
    source = workerSource,
  }: PoolOptions) {
    this.threads = threads
    this.#firstWorker = takesPart ? 1 : 0
    this.#number = number
    this.#memory = memory
    this.#patience = patience
    this.#control = new Int32Array(memory.buffer, 0, controlBlockEnd / 4)
    this.#settled = new Promise((resolve) => {
      this.#settle = resolve
    })
    for (const address of [controlBlock.arrived, controlBlock.failure]) this.#store(address, 0)
    for (let number = 0; number < counters; number++) this.#store(controlBlock.counters + counterBytes * number, 0)
    this.#store(controlBlock.patience, 10 * patience)
    this.#store(controlBlock.pool, number)
    try {
      for (let thread = this.#firstWorker; thread < threads; thread++) {
        const start = { memory, thread, pool: number, words: threadWordsAddress(thread) }
        const onReady = (): void => {
          if (++this.#ready === threads - this.#firstWorker) this.#settle()
        }
        // The message may be of a job that has been waited for.
        const onFinished = (): void => {
          if (this.#isOver()) this.#finishJob()
        }
        this.#workers.push(startWorker(source, start, { onReady, onFinished, onEnd: (reason) => this.#end(reason) }))
      }
    } catch (error) {
      this.#end(String(error))
    }
  }

  /** Whether runs can use it: true from when all workers wait for jobs until it is stopped. */
  get isReady(): boolean {
    if (this.#state === 'starting' && this.#allReady()) this.#state = 'ready'
    return this.#state === 'ready'
  }

  /** Why it stopped by itself, if it did. */
  get problem(): string | undefined {
    return this.#problem
  }

  /** Resolves when it is ready, or never will be. */
  async settled(): Promise<void> {
    for (const worker of this.#workers) worker.hold(true)
    await this.#settled
    for (const worker of this.#workers) worker.hold(false)
  }

  /**
   * Runs a job on all threads; `own` is what the caller's does of it, and its result is returned.
   * @throws Error if another thread failed, or did not come back in time; the pool is stopped then.
   */
  run(job: Job, own: (threads: number) => number): number {
    this.#announce(job)
    let status: number
    try {
      status = own(this.threads)
    } catch (error) {
      this.#giveUp('the first thread failed.')
      throw error
    }
    if (status === abandoned) this.#fail(this.#reasonOfFailure())
    return status
  }

  /** Hands a job to the workers of a pool in which the caller takes no part. It must be over before the next. */
  hand(job: Job): HandedJob {
    this.#job = this.#announce(job)
    const [first] = this.#workers
    first!.hold(true)
    const over = new Promise<void>((resolve) => {
      this.#finishJob = () => {
        first!.hold(false)
        resolve()
      }
    })
    return {
      over,
      wait: () => {
        const end = Date.now() + 1000 * this.#patience
        while (!this.#isOver() && this.#problem === undefined) if (Date.now() > end) this.#giveUp(this.#lateness())
        this.#finishJob()
      },
      status: () => {
        if (this.#problem !== undefined && !this.#isOver()) this.#fail(this.#problem)
        const status = this.#control[controlBlock.status / 4]!
        if (status === abandoned) this.#fail(this.#reasonOfFailure())
        return status
      },
    }
  }

  stop(): void {
    this.#state = 'stopped'
    if (Atomics.load(this.#control, controlBlock.pool / 4) === this.#number) {
      this.#store(controlBlock.pool, 0)
      this.#wake()
    }
    this.#settle()
  }

  /** Whether the last job that was handed is. */
  #isOver(): boolean {
    return Atomics.load(this.#control, controlBlock.finished / 4) === this.#job
  }

  #allReady(): boolean {
    for (let thread = this.#firstWorker; thread < this.threads; thread++)
      if (Atomics.load(this.#control, controlBlock.ready / 4 + thread) !== this.#number) return false
    return true
  }

  #announce({ program, arena, description, descriptionBytes }: Job): number {
    const control = this.#control
    control[controlBlock.program / 4] = program
    control[controlBlock.arena / 4] = arena
    control[controlBlock.threads / 4] = this.threads
    control[controlBlock.description / 4] = description
    control[controlBlock.descriptionBytes / 4] = descriptionBytes
    return this.#wake()
  }

  /** Gives the number of the job. */
  #wake(): number {
    const before = Atomics.add(this.#control, controlBlock.job / 4, 1)
    Atomics.notify(this.#control, controlBlock.job / 4)
    return (before + 1) | 0
  }

  #end(reason: string): void {
    if (this.#state !== 'stopped') this.#giveUp(reason)
  }

  #giveUp(reason: string): void {
    this.#problem = reason
    // Threads that wait for each other leave.
    this.#store(controlBlock.failure, failures.threadFailed)
    Atomics.add(this.#control, controlBlock.generation / 4, 1)
    Atomics.notify(this.#control, controlBlock.generation / 4)
    this.stop()
    for (const worker of this.#workers) worker.terminate()
    this.#finishJob()
  }

  #fail(reason: string): never {
    if (this.#problem === undefined) this.#giveUp(reason)
    throw new Error(
      `backend-cpu: the run could not be finished, because ${reason} Variables that it assigns may be half updated. Later runs use one thread.`,
    )
  }

  #lateness(): string {
    return `a thread has not answered for ${this.#patience} seconds.`
  }

  #reasonOfFailure(): string {
    if (Atomics.load(this.#control, controlBlock.failure / 4) === failures.noAnswer) return this.#lateness()
    const length = this.#control[controlBlock.text / 4]!
    const text = new Uint8Array(this.#memory.buffer, controlBlock.text + 4, length).slice()
    return `a thread failed: ${new TextDecoder().decode(text)}.`
  }

  #store(address: number, value: number): void {
    Atomics.store(this.#control, address / 4, value)
  }
}
