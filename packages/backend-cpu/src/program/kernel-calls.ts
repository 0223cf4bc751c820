// The function of a module that JavaScript calls: it calls the kernels.

import { countedLoop } from '../loop/counted-loop.ts'
import { abandoned, threadWords } from '../threads/control-block.ts'
import { threadEntry } from '../threads/worker-source.ts'
import type { FunctionReference, FunctionWriter, Local } from '../wasm/function-writer.ts'
import { writeBarrier } from './barrier.ts'
import type { EmittedKernel, ProgramModule } from './program-module.ts'
import { type Call, scheduleOf } from './schedule.ts'
import { usefulThreads } from './split.ts'

const parameters = { arena: 0, thread: 1, threads: 2 } as const

/** Writes and exports a function that takes the arena's address, runs all kernels and returns the fault word. */
export function writeSerialEntry(writer: ProgramModule, kernels: readonly EmittedKernel[]): void {
  const run = writer.module.function(threadEntry, { parameters: ['i32'], results: ['i32'] })
  new KernelCalls(writer, kernels, run).all()
  writer.module.export(run)
}

/**
 * The same for each of several threads: takes the arena's address, the thread and how many there are, returns the thread's fault word,
 * or `abandoned`. With one thread, the others need not exist.
 */
export function writeThreadedEntry(writer: ProgramModule, kernels: readonly EmittedKernel[]): void {
  const run = writer.module.function(threadEntry, { parameters: ['i32', 'i32', 'i32'], results: ['i32'] })
  new ThreadedCalls(writer, kernels, run).all()
  writer.module.export(run)
}

/** Whether several threads can run the kernel. */
export function isShareable({ split, needsFirstThread }: EmittedKernel): boolean {
  return split !== undefined && !needsFirstThread
}

class KernelCalls {
  protected readonly writer: ProgramModule
  protected readonly kernels: readonly EmittedKernel[]
  protected readonly run: FunctionWriter

  constructor(writer: ProgramModule, kernels: readonly EmittedKernel[], run: FunctionWriter) {
    this.writer = writer
    this.kernels = kernels
    this.run = run
  }

  all(): void {
    const { run, writer } = this
    const canFault = writer.program.faults.length > 0
    if (canFault) this.setWord(threadWords.fault, () => run.i32(0))
    this.calls(scheduleOf(writer.program, (kernel) => this.isShared(kernel)))
    if (canFault) {
      writer.pushThreadWords(run)
      run.memory('i32.load', threadWords.fault)
    } else run.i32(0)
  }

  protected isShared(_kernel: number): boolean {
    return false
  }

  protected calls(calls: readonly Call[]): void {
    for (const call of calls) {
      if (call.kind === 'kernel') this.whole(this.kernels[call.kernel]!)
      if (call.kind === 'repeat') this.repeat(call.count, () => this.calls(call.calls))
    }
  }

  protected repeat(count: number, body: () => void): void {
    countedLoop(this.run, { end: count }, (round) => {
      this.setWord(threadWords.round, () => this.run.get(round))
      body()
    })
    this.setWord(threadWords.round, () => this.run.i32(0))
  }

  /** All rounds of a kernel. */
  protected whole({ target, split }: EmittedKernel): void {
    const { run } = this
    run.get(parameters.arena)
    run.get(parameters.arena)
    run.i32(0)
    run.i32(split?.rounds ?? 0)
    run.call(target)
  }

  protected setWord(word: number, push: () => void): void {
    this.writer.pushThreadWords(this.run)
    push()
    this.run.memory('i32.store', word)
  }
}

class ThreadedCalls extends KernelCalls {
  readonly #barrier: FunctionReference
  readonly #firstRound: FunctionReference

  constructor(writer: ProgramModule, kernels: readonly EmittedKernel[], run: FunctionWriter) {
    super(writer, kernels, run)
    this.#barrier = writeBarrier(writer.module)
    this.#firstRound = writeFirstRound(writer)
  }

  protected override isShared(kernel: number): boolean {
    return isShareable(this.kernels[kernel]!)
  }

  protected override calls(calls: readonly Call[]): void {
    let alone: Call[] = []
    const flush = (): void => {
      if (alone.length > 0) this.#onFirstThread(alone)
      alone = []
    }
    for (const call of calls) {
      if (call.kind !== 'barrier' && !call.isShared) {
        alone.push(call)
        continue
      }
      flush()
      if (call.kind === 'barrier') this.#wait()
      else if (call.kind === 'kernel') this.#share(this.kernels[call.kernel]!)
      else this.repeat(call.count, () => this.calls(call.calls))
    }
    flush()
  }

  #onFirstThread(calls: readonly Call[]): void {
    this.run.get(parameters.thread)
    this.run.emit('i32.eqz')
    this.run.if(() => super.calls(calls))
  }

  #wait(): void {
    const { run } = this
    run.get(parameters.threads)
    run.i32(1)
    run.emit('i32.ne')
    run.if(() => {
      run.get(parameters.thread)
      run.get(parameters.threads)
      run.call(this.#barrier)
      run.if(() => {
        run.i32(abandoned)
        run.emit('return')
      })
    })
  }

  /** The thread's share of a kernel. */
  #share({ target, split }: EmittedKernel): void {
    const { run } = this
    const threads = this.#threadsFor(usefulThreads(split!, this.writer.sharing!))
    const roundsBefore = (push: () => void): Local => {
      run.i32(split!.rounds)
      push()
      run.get(threads)
      run.call(this.#firstRound)
      return run.keep('i32')
    }
    const first = roundsBefore(() => run.get(parameters.thread))
    const end = roundsBefore(() => {
      run.get(parameters.thread)
      run.i32(1)
      run.emit('i32.add')
    })
    run.get(first)
    run.get(end)
    run.emit('i32.lt_s')
    run.if(() => {
      run.get(parameters.arena)
      run.get(parameters.arena)
      run.get(parameters.thread)
      run.i32(this.writer.scratchBytes)
      run.emit('i32.mul', 'i32.add')
      run.get(first)
      run.get(end)
      run.call(target)
    })
    for (const local of [threads, first, end]) run.release(local)
  }

  /** How many threads there are, but at most `most`. */
  #threadsFor(most: number): Local {
    const { run } = this
    run.get(parameters.threads)
    run.i32(most)
    run.get(parameters.threads)
    run.i32(most)
    run.emit('i32.lt_s', 'select')
    return run.keep('i32')
  }
}

/** Takes a number of rounds, a thread and how many of them share the rounds; returns how many rounds the threads before it run. */
function writeFirstRound({ module }: ProgramModule): FunctionReference {
  const code = module.function('firstRound', { parameters: ['i32', 'i32', 'i32'], results: ['i32'] })
  const [rounds, thread, threads] = [0, 1, 2]
  const smaller = (push: () => void): void => {
    push()
    code.get(thread)
    push()
    code.get(thread)
    code.emit('i32.lt_s', 'select')
  }
  const share = (instruction: 'i32.div_u' | 'i32.rem_u'): void => {
    code.get(rounds)
    code.get(threads)
    code.emit(instruction)
  }
  code.get(thread)
  code.get(threads)
  code.emit('i32.ge_s')
  code.if(() => {
    code.get(rounds)
    code.emit('return')
  })
  share('i32.div_u')
  code.get(thread)
  code.emit('i32.mul')
  // The first threads run what is left over, one round each.
  smaller(() => share('i32.rem_u'))
  code.emit('i32.add')
  return code
}
