// The function of a module that JavaScript calls: it calls the kernels.

import { countedLoop } from '../loop/counted-loop.ts'
import { abandoned, controlBlock, counterBytes, threadWords } from '../threads/control-block.ts'
import { threadEntry } from '../threads/worker-source.ts'
import type { FunctionReference, FunctionWriter, Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import { writeBarrier } from './barrier.ts'
import type { EmittedKernel, ProgramModule } from './program-module.ts'
import { type Call, scheduleOf } from './schedule.ts'
import { roundsAtOnce, roundsPerCall, type Split } from './split.ts'

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
      run.memory(opcode.i32_load, threadWords.fault)
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
  protected whole(kernel: EmittedKernel): void {
    const { run } = this
    const { split } = kernel
    const rounds = split?.rounds ?? 0
    const step = split === undefined ? rounds : roundsPerCall(split, this.writer.sharing!)
    if (step === rounds) {
      this.#rounds(kernel, [() => run.i32(0), () => run.i32(rounds)])
      return
    }
    countedLoop(run, { end: Math.ceil(rounds / step) * step, step }, (first) => {
      const next = (): void => {
        run.get(first)
        run.i32(step)
        run.emit(opcode.i32_add)
      }
      this.#rounds(kernel, [() => run.get(first), () => smaller(run, next, () => run.i32(rounds))])
    })
  }

  #rounds(kernel: EmittedKernel, range: readonly (() => void)[]): void {
    const { run } = this
    run.get(parameters.arena)
    run.get(parameters.arena)
    for (const push of range) push()
    this.call(kernel)
  }

  /** Calls a kernel's function, whose other parameters are on the stack. */
  protected call({ target, buffers = [] }: EmittedKernel): void {
    for (const buffer of buffers) this.writer.pushAddress(this.run, buffer)
    this.run.call(target)
  }

  protected setWord(word: number, push: () => void): void {
    this.writer.pushThreadWords(this.run)
    push()
    this.run.memory(opcode.i32_store, word)
  }
}

class ThreadedCalls extends KernelCalls {
  readonly #barrier: FunctionReference
  readonly #canFault: boolean

  constructor(writer: ProgramModule, kernels: readonly EmittedKernel[], run: FunctionWriter) {
    super(writer, kernels, run)
    this.#barrier = writeBarrier(writer.module)
    this.#canFault = writer.program.faults.length > 0
  }

  override all(): void {
    if (this.#canFault) this.setWord(threadWords.kernel, () => this.run.i32(0))
    super.all()
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
      else if (call.kind === 'kernel') this.#share(this.kernels[call.kernel]!, call.counter)
      else this.repeat(call.count, () => this.calls(call.calls))
    }
    flush()
  }

  #onFirstThread(calls: readonly Call[]): void {
    this.#countKernel()
    this.run.get(parameters.thread)
    this.run.emit(opcode.i32_eqz)
    this.run.if(() => super.calls(calls))
  }

  #wait(): void {
    const { run } = this
    run.get(parameters.threads)
    run.i32(1)
    run.emit(opcode.i32_ne)
    run.if(() => {
      run.get(parameters.thread)
      run.get(parameters.threads)
      run.call(this.#barrier)
      run.if(() => {
        run.i32(abandoned)
        run.emit(opcode.return_)
      })
    })
  }

  /** Runs of rounds of a kernel, as long as there are some left. */
  #share(kernel: EmittedKernel, counter: number): void {
    const { run } = this
    this.#countKernel()
    run.get(parameters.threads)
    run.i32(1)
    run.emit(opcode.i32_eq)
    run.if(
      () => this.whole(kernel),
      () => this.#takeRounds(kernel, controlBlock.counters + counterBytes * counter),
    )
  }

  #takeRounds(kernel: EmittedKernel, counter: number): void {
    const { run } = this
    const split = kernel.split!
    const { rounds } = split
    const atOnce = this.#roundsAtOnce(split)
    const [first, end] = [run.local('i32'), run.local('i32')]
    run.block((exit) => {
      run.loop((again) => {
        run.i32(counter)
        run.get(atOnce)
        run.memory(opcode.i32_atomic_rmw_add)
        run.tee(first)
        run.i32(rounds)
        run.emit(opcode.i32_ge_s)
        run.branchIf(exit)
        run.get(first)
        run.get(atOnce)
        run.emit(opcode.i32_add)
        run.set(end)
        if (this.#canFault) this.setWord(threadWords.kernelRound, () => run.get(first))
        run.get(parameters.arena)
        run.get(parameters.arena)
        run.get(parameters.thread)
        run.i32(this.writer.scratchBytes)
        run.emit(opcode.i32_mul, opcode.i32_add)
        run.get(first)
        smaller(
          run,
          () => run.get(end),
          () => run.i32(rounds),
        )
        this.call(kernel)
        run.branch(again)
      })
    })
    for (const local of [atOnce, first, end]) run.release(local)
  }

  /** As many as are worth it, but at most a fair share. */
  #roundsAtOnce(split: Split): Local {
    const { run } = this
    const share = (): void => {
      run.i32(split.rounds - 1)
      run.get(parameters.threads)
      run.emit(opcode.i32_add)
      run.get(parameters.threads)
      run.emit(opcode.i32_div_u)
    }
    smaller(run, share, () => run.i32(roundsAtOnce(split, this.writer.sharing!)))
    return run.keep('i32')
  }

  /** Where the thread is, for faults. */
  #countKernel(): void {
    const { run, writer } = this
    if (!this.#canFault) return
    this.setWord(threadWords.kernelRound, () => run.i32(0))
    this.setWord(threadWords.kernel, () => {
      writer.pushThreadWords(run)
      run.memory(opcode.i32_load, threadWords.kernel)
      run.i32(1)
      run.emit(opcode.i32_add)
    })
  }
}

/** Pushes the smaller of two numbers. */
function smaller(code: FunctionWriter, one: () => void, other: () => void): void {
  for (const push of [one, other, one, other]) push()
  code.emit(opcode.i32_lt_s, opcode.select)
}
