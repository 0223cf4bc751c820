// Where threads wait for each other.

import { controlBlock, counterBytes, counters, failures } from '../threads/control-block.ts'
import { polls } from '../threads/worker-source.ts'
import type { FunctionReference, FunctionWriter } from '../wasm/function-writer.ts'
import type { ModuleWriter } from '../wasm/module-writer.ts'
import * as opcode from '../wasm/opcodes.ts'

const tenthOfSecond = 100_000_000
const timedOut = 2

/**
 * Writes a function that takes the thread and the number of threads and returns when all have called it: 0, or 1 if they have given up.
 * The counters of shared loops are 0 then.
 */
export function writeBarrier(module: ModuleWriter): FunctionReference {
  const code = module.function('barrier', { parameters: ['i32', 'i32'], results: ['i32'] })
  const [thread, threads] = [0, 1]
  const load = (address: number): void => {
    code.i32(address)
    code.memory(opcode.i32_atomic_load)
  }
  const returnIfFailed = (): void => {
    load(controlBlock.failure)
    code.if(() => {
      code.i32(1)
      code.emit(opcode.return_)
    })
  }
  load(controlBlock.generation)
  const generation = code.keep('i32')
  returnIfFailed()
  addTo(code, controlBlock.arrived, () => code.i32(1))
  code.get(threads)
  code.i32(1)
  code.emit(opcode.i32_sub, opcode.i32_eq)
  code.if(() => {
    code.i32(controlBlock.arrived)
    code.i32(0)
    code.memory(opcode.i32_atomic_store)
    code.i32(controlBlock.counters)
    code.i32(0)
    code.i32(counters * counterBytes)
    code.memoryFill()
    addTo(code, controlBlock.generation, () => code.i32(1))
    code.emit(opcode.drop)
    code.i32(controlBlock.generation)
    code.i32(-1)
    code.memory(opcode.memory_atomic_notify)
    code.emit(opcode.drop)
    code.i32(0)
    code.emit(opcode.return_)
  })
  const returnIfPassed = (): void => {
    load(controlBlock.generation)
    code.get(generation)
    code.emit(opcode.i32_ne)
    code.if(() => {
      load(controlBlock.failure)
      code.i32(0)
      code.emit(opcode.i32_ne, opcode.return_)
    })
  }
  const rounds = code.local('i32')
  const countDown = (again: number): void => {
    code.get(rounds)
    code.i32(1)
    code.emit(opcode.i32_sub)
    code.tee(rounds)
    code.branchIf(again)
  }
  code.i32(polls)
  code.set(rounds)
  code.loop((again) => {
    returnIfPassed()
    countDown(again)
  })
  load(controlBlock.patience)
  code.set(rounds)
  code.loop((again) => {
    code.i32(controlBlock.generation)
    code.get(generation)
    code.i64(tenthOfSecond)
    code.memory(opcode.memory_atomic_wait32)
    const woken = code.keep('i32')
    returnIfPassed()
    returnIfFailed()
    // Only the first thread loses patience: the others are of no use without it.
    code.get(woken)
    code.i32(timedOut)
    code.emit(opcode.i32_ne)
    code.get(thread)
    code.emit(opcode.i32_or)
    code.branchIf(again)
    countDown(again)
  })
  code.i32(controlBlock.failure)
  code.i32(failures.noAnswer)
  code.memory(opcode.i32_atomic_store)
  code.i32(1)
  return code
}

/** Pushes what was there before. */
function addTo(code: FunctionWriter, address: number, push: () => void): void {
  code.i32(address)
  push()
  code.memory(opcode.i32_atomic_rmw_add)
}
