import type { RoundRange } from '../program/split.ts'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'

export interface CountedLoop {
  readonly start?: number
  /** `end − start` is a positive multiple of `step`. */
  readonly end: number
  readonly step?: number
}

/** Writes `for (counter = start; counter < end; counter += step) body`, without a loop if the body runs only once. */
export function countedLoop(
  code: FunctionWriter,
  { start = 0, end, step = 1 }: CountedLoop,
  body: (counter: Local) => void,
): void {
  const counter = code.local('i32')
  code.i32(start)
  code.set(counter)
  if (end - start === step) body(counter)
  else
    code.loop((again) => {
      body(counter)
      advance(code, counter, step)
      code.i32(end)
      code.emit(opcode.i32_lt_s)
      code.branchIf(again)
    })
  code.release(counter)
}

/** Writes the rounds of a counted loop that are in the range; there may be none. */
export function partOfLoop(
  code: FunctionWriter,
  { start = 0, end, step = 1 }: CountedLoop,
  range: RoundRange,
  body: (counter: Local) => void,
): void {
  const place = (round: Local): void => {
    code.get(round)
    code.i32(step)
    code.emit(opcode.i32_mul)
    code.i32(start)
    code.emit(opcode.i32_add)
  }
  place(range.first)
  const counter = code.keep('i32')
  place(range.end)
  const last = code.keep('i32')
  code.i32(end)
  code.get(last)
  code.i32(end)
  code.get(last)
  code.emit(opcode.i32_lt_s, opcode.select)
  code.set(last)
  code.get(counter)
  code.get(last)
  code.emit(opcode.i32_lt_s)
  code.if(() =>
    code.loop((again) => {
      body(counter)
      advance(code, counter, step)
      code.get(last)
      code.emit(opcode.i32_lt_s)
      code.branchIf(again)
    }),
  )
  code.release(counter)
  code.release(last)
}

export interface Range {
  /** 0 if absent. */
  readonly start?: Local
  readonly end: Local
  readonly step?: number
}

/** Writes a loop to what is in a local, which is larger than the start by a multiple of `step`. */
export function rangeLoop(code: FunctionWriter, { start, end, step = 1 }: Range, body: (counter: Local) => void): void {
  if (start === undefined) code.i32(0)
  else code.get(start)
  const counter = code.keep('i32')
  code.loop((again) => {
    body(counter)
    advance(code, counter, step)
    code.get(end)
    code.emit(opcode.i32_lt_s)
    code.branchIf(again)
  })
  code.release(counter)
}

/** Writes a loop over ranges of `length` from 0 to `end`; the last may be shorter. */
export function stripLoop(
  code: FunctionWriter,
  { end, length }: { readonly end: number; readonly length: number },
  body: (start: Local, end: Local) => void,
): void {
  const stripEnd = code.local('i32')
  countedLoop(code, { end: Math.ceil(end / length) * length, step: length }, (start) => {
    pushSmaller(code, start, length, end)
    code.set(stripEnd)
    body(start, stripEnd)
  })
  code.release(stripEnd)
}

/** Pushes counter + step, or `end` if that is smaller. */
function pushSmaller(code: FunctionWriter, counter: Local, step: number, end: number): void {
  const sum = code.local('i32')
  code.i32(end)
  code.get(counter)
  code.i32(step)
  code.emit(opcode.i32_add)
  code.tee(sum)
  code.i32(end)
  code.get(sum)
  code.emit(opcode.i32_lt_s, opcode.select)
  code.release(sum)
}

export interface Blocks {
  /** Rounds of the loop in a block. */
  readonly rounds: number
  readonly before: () => void
  readonly after: () => void
}

/** The same in blocks of some rounds (the last may be shorter), with something to do before and after each. */
export function blockedLoop(
  code: FunctionWriter,
  { start = 0, end, step = 1 }: CountedLoop,
  { rounds, before, after }: Blocks,
  body: (counter: Local) => void,
): void {
  const [counter, blockEnd] = [code.local('i32'), code.local('i32')]
  code.i32(start)
  code.set(counter)
  code.loop((nextBlock) => {
    before()
    pushSmaller(code, counter, rounds * step, end)
    code.set(blockEnd)
    code.loop((again) => {
      body(counter)
      advance(code, counter, step)
      code.get(blockEnd)
      code.emit(opcode.i32_lt_s)
      code.branchIf(again)
    })
    after()
    code.get(counter)
    code.i32(end)
    code.emit(opcode.i32_lt_s)
    code.branchIf(nextBlock)
  })
  code.release(counter)
  code.release(blockEnd)
}

/** Adds to a counter and pushes it. */
function advance(code: FunctionWriter, counter: Local, step: number): void {
  code.get(counter)
  code.i32(step)
  code.emit(opcode.i32_add)
  code.tee(counter)
}
