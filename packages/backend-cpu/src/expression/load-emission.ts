// Loads, of one element and of four lanes: contiguous, strided, or each from where its own index says.

import { bytesPerElement, type DType, type Scalar } from '@neurite/compiler/kernel'
import { bufferAlignment } from '../program/program-module.ts'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import type { MemoryOpcode } from '../wasm/opcodes.ts'
import * as opcode from '../wasm/opcodes.ts'
import type { ExpressionEmitter } from './expression-emitter.ts'
import { pushAffineLanes } from './guard-emission.ts'
import { addressSum, laneSums, pushSum, vectorStride } from './index-emission.ts'

type Load = Scalar & { readonly kind: 'load' }

/** The instruction that loads one element. */
export const loadOf: { readonly [D in DType]: MemoryOpcode } = {
  float32: opcode.f32_load,
  float64: opcode.f64_load,
  int32: opcode.i32_load,
  uint8: opcode.i32_load8_u,
  bool: opcode.i32_load8_u,
}

/** Pushes the element of a load at the current point. */
export function pushLoad(emitter: ExpressionEmitter, load: Load): void {
  pushSum(emitter, addressSum(load))
  emitter.code.memory(loadOf[load.dtype])
}

/** Pushes four lanes of a load that varies along the vector axis. */
export function pushVectorLoad(emitter: ExpressionEmitter, load: Load): void {
  const { code, mask, facts } = emitter
  if (mask === undefined || facts.isInBounds(load) || staysNearby(emitter, load)) {
    pushLanes(emitter, load)
    return
  }
  const everyLane = (1 << emitter.vectorPosition.lanes) - 1
  code.get(mask.bits)
  code.i32(everyLane)
  code.emit(opcode.i32_eq)
  code.if(
    () => {
      emitter.scopes.push()
      pushLanes(emitter, load)
      emitter.scopes.pop()
    },
    () => {
      emitter.scopes.push()
      pushMaskedLanes(emitter, load, mask.bits)
      emitter.scopes.pop()
    },
    'v128',
  )
}

/**
 * Whether lanes beside one that is in bounds may be loaded, though nobody wants what is there: before the first buffer and
 * behind the last one are some bytes more. Behind a mask, one lane at least is in bounds.
 */
function staysNearby(emitter: ExpressionEmitter, { index, dtype }: Load): boolean {
  const stride = vectorStride(emitter, index)
  return stride !== undefined && 3 * Math.abs(stride) * bytesPerElement[dtype] < bufferAlignment
}

function pushLanes(emitter: ExpressionEmitter, load: Load): void {
  const { code } = emitter
  const { dtype } = load
  const stride = vectorStride(emitter, load.index)
  if (stride === undefined) {
    pushGathered(emitter, load)
    return
  }
  const bytes = bytesPerElement[dtype]
  const { offset, lanes } = emitter.vectorPosition
  const first = offset * stride * bytes
  pushSum(emitter, addressSum(load))
  if (Math.abs(stride) === 1) {
    const start = stride === 1 ? first : first - 3 * bytes
    loadContiguous(code, dtype, raise(code, start))
    if (stride === -1) reorder(code, [3, 2, 1, 0])
    return
  }
  const lowest = stride > 0 ? first : first + (lanes - 1) * stride * bytes
  const start = raise(code, lowest)
  const step = Math.abs(stride)
  const isNear = bytes === 4 ? step <= 3 : step === 2 || step === 4
  const place = (lane: number): number => (stride > 0 ? lane : Math.max(0, lanes - 1 - lane))
  if (isNear && lanes > 1) loadNear(code, dtype, { start, step, place })
  else loadStrided(code, dtype, lanes, (lane) => start + place(lane) * step * bytes)
}

/** Adds a negative distance to the address on the stack; one that is not becomes the immediate that is returned. */
function raise(code: FunctionWriter, distance: number): number {
  if (distance >= 0) return distance
  code.i32(distance)
  code.emit(opcode.i32_add)
  return 0
}

function reorder(code: FunctionWriter, order: readonly [number, number, number, number]): void {
  const lanes = code.keep('v128')
  code.get(lanes)
  code.get(lanes)
  code.shuffle32(...order)
  code.release(lanes)
}

/** Pops an address and pushes four neighbouring elements. Beyond a buffer's last element there are always some bytes more. */
function loadContiguous(code: FunctionWriter, dtype: DType, offset: number): void {
  if (bytesPerElement[dtype] === 4) {
    code.memory(opcode.v128_load, offset)
    return
  }
  code.memory(opcode.v128_load32_zero, offset)
  code.emit(opcode.i16x8_extend_low_i8x16_u, opcode.i32x4_extend_low_i16x8_u)
  if (dtype === 'bool') code.emit(opcode.i32x4_neg)
}

/**
 * Pops an address and pushes lanes from elements close by, `step` apart: of 4 bytes two or three, of one byte two or four.
 * `place` counts them from the lowest. What is loaded ends with the fourth, but for bytes.
 */
function loadNear(
  code: FunctionWriter,
  dtype: DType,
  { start, step, place }: { readonly start: number; readonly step: number; readonly place: (lane: number) => number },
): void {
  const [a, b, c, d] = [place(0), place(1), place(2), place(3)]
  if (bytesPerElement[dtype] === 4) {
    const address = code.keep('i32')
    // The second vector ends with the last element.
    const places = [0, step, 7 - step, 7]
    for (const distance of [0, 3 * step - 3]) {
      code.get(address)
      code.memory(opcode.v128_load, start + 4 * distance)
    }
    code.shuffle32(places[a]!, places[b]!, places[c]!, places[d]!)
    code.release(address)
    return
  }
  code.memory(step === 2 ? opcode.v128_load64_zero : opcode.v128_load, start)
  if (step === 2) code.emit(opcode.i32x4_extend_low_i16x8_u)
  code.i32x4(255)
  code.emit(opcode.v128_and)
  if (a !== 0) reorder(code, [a, b, c, d])
  if (dtype === 'bool') code.emit(opcode.i32x4_neg)
}

/** Pops an address and pushes as many elements as there are lanes, each at its own distance. */
function loadStrided(code: FunctionWriter, dtype: DType, lanes: number, distance: (lane: number) => number): void {
  const address = code.keep('i32')
  const result = code.local('v128')
  code.get(address)
  if (bytesPerElement[dtype] === 4) {
    code.memory(opcode.v128_load32_zero, distance(0))
    for (let lane = 1; lane < lanes; lane++) {
      code.set(result)
      code.get(address)
      code.get(result)
      code.memoryLane(opcode.v128_load32_lane, lane, distance(lane))
    }
  } else {
    code.memory(opcode.i32_load8_u, distance(0))
    code.emit(opcode.i32x4_splat)
    for (let lane = 1; lane < lanes; lane++) {
      code.get(address)
      code.memory(opcode.i32_load8_u, distance(lane))
      code.lane(opcode.i32x4_replace_lane, lane)
    }
    if (dtype === 'bool') code.emit(opcode.i32x4_neg)
  }
  code.release(address)
  code.release(result)
}

/** Pushes lanes whose addresses are computed one by one. */
function pushGathered(emitter: ExpressionEmitter, load: Load): void {
  const pushAddress = laneSums(emitter, addressSum(load))
  pushOneByOne(emitter, load.dtype, (lane, push) => {
    pushAddress(lane)
    push()
  })
}

/** Pushes the lanes whose bit is set, and 0 in the others, which may be out of bounds. */
function pushMaskedLanes(emitter: ExpressionEmitter, load: Load, bits: Local): void {
  const { code } = emitter
  const pushAddress = laneSums(emitter, addressSum(load))
  pushOneByOne(emitter, load.dtype, (lane, push) => {
    code.get(bits)
    code.i32(1 << lane)
    code.emit(opcode.i32_and)
    code.if(
      () => {
        emitter.scopes.push()
        pushAddress(lane)
        push()
        emitter.scopes.pop()
      },
      () => (load.dtype === 'float32' ? code.f32(0) : code.i32(0)),
      load.dtype === 'float32' ? 'f32' : 'i32',
    )
  })
}

/** `pushElement` pushes an address and calls back to load from it. */
function pushOneByOne(
  emitter: ExpressionEmitter,
  dtype: DType,
  pushElement: (lane: number, load: () => void) => void,
): void {
  const { code } = emitter
  const isFloat = dtype === 'float32'
  for (let lane = 0; lane < emitter.vectorPosition.lanes; lane++) {
    pushElement(lane, () => code.memory(loadOf[dtype]))
    if (lane === 0) code.emit(isFloat ? opcode.f32x4_splat : opcode.i32x4_splat)
    else code.lane(isFloat ? opcode.f32x4_replace_lane : opcode.i32x4_replace_lane, lane)
  }
  if (dtype === 'bool') code.emit(opcode.i32x4_neg)
}

/** Pushes the values of an index that varies along the vector axis, as int32. */
export function pushLaneIndices(emitter: ExpressionEmitter, node: Scalar & { readonly kind: 'index' }): void {
  const { code } = emitter
  const sum = { owner: node, index: node.index }
  const stride = vectorStride(emitter, node.index)
  if (stride !== undefined) {
    const lanes = pushAffineLanes(emitter, sum, stride)
    code.get(lanes)
    code.release(lanes)
    return
  }
  const pushLane = laneSums(emitter, sum)
  code.i32x4(0)
  for (let lane = 0; lane < emitter.vectorPosition.lanes; lane++) {
    pushLane(lane)
    code.lane(opcode.i32x4_replace_lane, lane)
  }
}
