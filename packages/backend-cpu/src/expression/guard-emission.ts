// Guards: for one point or lanes that agree a branch, for lanes that differ a mask.

import { type Condition, rangeOfIndex, type Scalar } from '@neurite/compiler/kernel'
import type { Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import type { ValueType } from '../wasm/value-type.ts'
import type { ExpressionEmitter } from './expression-emitter.ts'
import { laneSums, pushSum, vectorStride } from './index-emission.ts'
import type { LaneMask } from './vector-position.ts'

type Guard = Scalar & { readonly kind: 'guard' }

interface Branches {
  readonly value: () => void
  readonly otherwise: () => void
}

/** Whether the guard's conditions are the same in all lanes. */
export function holdsEverywhere(emitter: ExpressionEmitter, { conditions }: Guard): boolean {
  return conditions.every(({ index }) => !emitter.varies(emitter.facts.axesOfIndex(index)))
}

/** Pushes the guarded value where the conditions hold at the current point, else the other one. */
export function pushGuard(
  emitter: ExpressionEmitter,
  guard: Guard,
  type: ValueType,
  { value, otherwise }: Branches,
): void {
  const { code, scopes } = emitter
  pushTest(emitter, guard)
  code.if(
    () => {
      scopes.push()
      value()
      scopes.pop()
    },
    otherwise,
    type,
  )
}

/** Pushes whether all conditions hold at the current point. */
function pushTest(emitter: ExpressionEmitter, guard: Guard): void {
  const known = emitter.scopes.find('tests', guard)
  if (known !== undefined) emitter.code.get(known)
  else pushConditions(emitter, guard)
}

/** Computes the conditions at the current point into a local. */
export function hoistTest(emitter: ExpressionEmitter, guard: Guard): void {
  if (emitter.scopes.find('tests', guard) !== undefined) return
  pushConditions(emitter, guard)
  emitter.scopes.keep('tests', guard, 'i32')
}

function pushConditions(emitter: ExpressionEmitter, { conditions }: Guard): void {
  const { code } = emitter
  conditions.forEach((condition, place) => {
    pushSum(emitter, { owner: condition, index: condition.index })
    testCondition(emitter, condition)
    if (place > 0) code.emit(opcode.i32_and)
  })
  if (conditions.length === 0) code.i32(1)
}

/** An index on the stack becomes whether it meets the condition. */
function testCondition(emitter: ExpressionEmitter, condition: Condition): void {
  const { code } = emitter
  const { index, low, high, divisor = 1 } = condition
  const value = code.keep('i32')
  if (high <= low) code.i32(0)
  else if (isWithin(emitter, condition)) code.i32(1)
  else {
    // As unsigned numbers those below `low` are the largest.
    code.get(value)
    if (low !== 0) {
      code.i32(low)
      code.emit(opcode.i32_sub)
    }
    code.i32(high - low)
    code.emit(opcode.i32_lt_u)
  }
  if (divisor !== 1) {
    code.get(value)
    code.i32(isPowerOfTwo(divisor) ? divisor - 1 : divisor)
    code.emit(isPowerOfTwo(divisor) ? opcode.i32_and : opcode.i32_rem_s, opcode.i32_eqz, opcode.i32_and)
  }
  code.release(value)
  void index
}

function isWithin({ facts }: ExpressionEmitter, { index, low, high }: Condition): boolean {
  const range = rangeOfIndex(index, facts.extents)
  return range.low >= low && range.high < high
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value))
}

/** Pushes lanes of the guarded value where the conditions hold, and of the other one elsewhere. */
export function pushVectorGuard(emitter: ExpressionEmitter, guard: Guard, { value, otherwise }: Branches): void {
  const { code, scopes, facts } = emitter
  const outer = emitter.mask
  scopes.push()
  pushMask(emitter, guard)
  if (outer !== undefined) {
    code.get(outer.lanes)
    code.emit(opcode.v128_and)
  }
  const lanes = scopes.local('v128')
  code.set(lanes)
  if (facts.isSafe(guard.value)) {
    value()
    otherwise()
    code.get(lanes)
    code.emit(opcode.v128_bitselect)
  } else {
    const bits = scopes.local('i32')
    code.get(lanes)
    code.emit(opcode.i32x4_bitmask)
    if (emitter.vectorPosition.lanes < 4) {
      code.i32((1 << emitter.vectorPosition.lanes) - 1)
      code.emit(opcode.i32_and)
    }
    code.tee(bits)
    emitter.mask = { lanes, bits }
    code.if(
      () => {
        scopes.push()
        value()
        scopes.pop()
        otherwise()
        code.get(lanes)
        code.emit(opcode.v128_bitselect)
      },
      otherwise,
      'v128',
    )
    emitter.mask = outer
  }
  scopes.pop()
}

/** Pushes a mask of the lanes where all conditions hold. */
function pushMask(emitter: ExpressionEmitter, { conditions }: Guard): void {
  conditions.forEach((condition, place) => {
    pushConditionMask(emitter, condition)
    if (place > 0) emitter.code.emit(opcode.v128_and)
  })
}

function pushConditionMask(emitter: ExpressionEmitter, condition: Condition): void {
  const { code } = emitter
  const { index, divisor = 1 } = condition
  const stride = vectorStride(emitter, index)
  if (stride === 0) {
    pushSum(emitter, { owner: condition, index })
    testCondition(emitter, condition)
    code.emit(opcode.i32x4_splat, opcode.i32x4_neg)
  } else if (stride !== undefined && isPowerOfTwo(divisor)) {
    pushAffineMask(emitter, condition, stride)
  } else {
    const pushLane = laneSums(emitter, { owner: condition, index })
    code.i32x4(0)
    for (let lane = 0; lane < emitter.vectorPosition.lanes; lane++) {
      const test = (): void => {
        pushLane(lane)
        testCondition(emitter, condition)
      }
      // Where outer guards do not hold, nothing is looked up.
      if (emitter.mask === undefined || emitter.facts.isComputed(index)) test()
      else pushInLane(emitter, emitter.mask, lane, test)
      code.lane(opcode.i32x4_replace_lane, lane)
    }
    code.emit(opcode.i32x4_neg)
  }
}

/** Pushes an i32 if a lane's bit is set, else 0. */
function pushInLane({ code, scopes }: ExpressionEmitter, mask: LaneMask, lane: number, push: () => void): void {
  code.get(mask.bits)
  code.i32(1 << lane)
  code.emit(opcode.i32_and)
  code.if(
    () => {
      scopes.push()
      push()
      scopes.pop()
    },
    () => code.i32(0),
    'i32',
  )
}

function pushAffineMask(emitter: ExpressionEmitter, condition: Condition, stride: number): void {
  const { code } = emitter
  const { index, low, high, divisor = 1 } = condition
  const values = pushAffineLanes(emitter, { owner: condition, index }, stride)
  const range = rangeOfIndex(index, emitter.facts.extents)
  let isEmpty = true
  const and = (): void => {
    if (!isEmpty) code.emit(opcode.v128_and)
    isEmpty = false
  }
  if (range.low < low) {
    code.get(values)
    code.i32x4(low)
    code.emit(opcode.i32x4_ge_s)
    and()
  }
  if (range.high >= high) {
    code.get(values)
    code.i32x4(high)
    code.emit(opcode.i32x4_lt_s)
    and()
  }
  if (divisor !== 1) {
    code.get(values)
    code.i32x4(divisor - 1)
    code.emit(opcode.v128_and)
    code.i32x4(0)
    code.emit(opcode.i32x4_eq)
    and()
  }
  if (isEmpty) code.i32x4(-1)
  code.release(values)
}

/** Computes an index that is affine along the vector axis, for four lanes, into a local that the caller releases. */
export function pushAffineLanes(
  emitter: ExpressionEmitter,
  sum: { readonly owner: object; readonly index: Condition['index'] },
  stride: number,
): Local {
  const { code } = emitter
  pushSum(emitter, sum)
  code.emit(opcode.i32x4_splat)
  const first = stride * emitter.vectorPosition.offset
  code.i32x4(first, first + stride, first + 2 * stride, first + 3 * stride)
  code.emit(opcode.i32x4_add)
  return code.keep('v128')
}
