// Stores, of one element and of four lanes. Addresses and values are computed before the first of several is written.

import { bytesPerElement, type DType, type Index, type Scalar } from '@neurite/compiler/kernel'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import type { MemoryOpcode } from '../wasm/opcodes.ts'
import * as opcode from '../wasm/opcodes.ts'
import { maskToOne } from './casts.ts'
import type { ExpressionEmitter } from './expression-emitter.ts'
import { addressSum, laneSums, pushSum, vectorStride } from './index-emission.ts'
import { loadOf } from './load-emission.ts'
import { valueTypeOf } from './value-types.ts'

export interface StoreTarget {
  readonly buffer: number
  readonly index: Index
  readonly value: Scalar
}

const storeOf: { readonly [D in DType]: MemoryOpcode } = {
  float32: opcode.f32_store,
  float64: opcode.f64_store,
  int32: opcode.i32_store,
  uint8: opcode.i32_store8,
  bool: opcode.i32_store8,
}

/** Writes the values of some stores at the current point; all are found before the first is written. */
export function storeScalars(emitter: ExpressionEmitter, stores: readonly StoreTarget[]): void {
  const { code, scopes } = emitter
  if (stores.length === 1) {
    const [store] = stores
    pushSum(emitter, addressSum(store!))
    emitter.scalar(store!.value)
    code.memory(storeOf[store!.value.dtype])
    return
  }
  const found = stores.map((store) => {
    const [address, value] = [scopes.local('i32'), scopes.local(valueTypeOf[store.value.dtype])]
    pushSum(emitter, addressSum(store))
    code.set(address)
    emitter.scalar(store.value)
    code.set(value)
    return { address, value, dtype: store.value.dtype }
  })
  for (const { address, value, dtype } of found) {
    code.get(address)
    code.get(value)
    code.memory(storeOf[dtype])
  }
}

/** Writes the values of some stores at the vector position; all are found before the first is written. */
export function storeVectors(emitter: ExpressionEmitter, stores: readonly StoreTarget[]): void {
  prepareVectors(emitter, stores)()
}

/** Computes what some stores write at the vector position, and where, into locals of the current scope; the result writes it. */
export function prepareVectors(emitter: ExpressionEmitter, stores: readonly StoreTarget[]): () => void {
  const writes = stores.map((store) => prepareStore(emitter, store))
  return () => {
    for (const write of writes) write()
  }
}

/** Computes address and value; the result writes. */
function prepareStore(emitter: ExpressionEmitter, store: StoreTarget): () => void {
  const { code, scopes } = emitter
  const { offset, lanes } = emitter.vectorPosition
  const { dtype } = store.value
  const value = scopes.local('v128')
  const stride = vectorStride(emitter, store.index)
  if (stride === undefined) {
    const addresses = laneAddresses(emitter, store)
    emitter.vector(store.value)
    if (dtype === 'bool') maskToOne(code)
    code.set(value)
    return () => {
      for (const [lane, address] of addresses.entries()) storeLane(code, dtype, lane, () => code.get(address), value, 0)
    }
  }
  const bytes = bytesPerElement[dtype] * stride
  const lowest = Math.min(0, bytes * offset, bytes * (offset + lanes - 1))
  const address = scopes.local('i32')
  pushSum(emitter, addressSum(store))
  if (lowest < 0) {
    code.i32(lowest)
    code.emit(opcode.i32_add)
  }
  code.set(address)
  emitter.vector(store.value)
  if (dtype === 'bool') maskToOne(code)
  code.set(value)
  const distance = (lane: number): number => bytes * (offset + lane) - lowest
  return () => {
    if (stride === 1) storeContiguous(code, dtype, lanes, address, value, distance(0))
    else
      for (let lane = 0; lane < lanes; lane++)
        storeLane(code, dtype, lane, () => code.get(address), value, distance(lane))
  }
}

const additions = { i32: opcode.i32_add, f32: opcode.f32_add, f64: opcode.f64_add } as const

/** Adds the value at the current point to the element. */
export function addScalar(emitter: ExpressionEmitter, target: StoreTarget): void {
  const { code } = emitter
  const { dtype } = target.value
  const address = code.local('i32')
  pushSum(emitter, addressSum(target))
  code.tee(address)
  code.get(address)
  code.memory(loadOf[dtype])
  emitter.scalar(target.value)
  // A byte is stored without what is carried out of it.
  code.emit(additions[valueTypeOf[dtype] as keyof typeof additions])
  code.memory(storeOf[dtype])
  code.release(address)
}

/** Adds the values at the vector position to as many neighbouring elements, of a dtype of 32 bits. */
export function addVector(emitter: ExpressionEmitter, target: StoreTarget): void {
  const { code } = emitter
  const { offset, lanes } = emitter.vectorPosition
  const { dtype } = target.value
  const [address, sum] = [code.local('i32'), code.local('v128')]
  pushSum(emitter, addressSum(target))
  code.tee(address)
  code.memory(opcode.v128_load, 4 * offset)
  emitter.vector(target.value)
  code.emit(dtype === 'float32' ? opcode.f32x4_add : opcode.i32x4_add)
  code.set(sum)
  storeContiguous(code, dtype, lanes, address, sum, 4 * offset)
  code.release(address)
  code.release(sum)
}

function laneAddresses(emitter: ExpressionEmitter, store: StoreTarget): Local[] {
  const pushAddress = laneSums(emitter, addressSum(store))
  return Array.from({ length: emitter.vectorPosition.lanes }, (_, lane) => {
    const address = emitter.scopes.local('i32')
    pushAddress(lane)
    emitter.code.set(address)
    return address
  })
}

function storeLane(
  code: FunctionWriter,
  dtype: DType,
  lane: number,
  pushAddress: () => void,
  value: Local,
  distance: number,
): void {
  pushAddress()
  code.get(value)
  // The lowest byte of a lane is its value as uint8.
  if (bytesPerElement[dtype] === 4) code.memoryLane(opcode.v128_store32_lane, lane, distance)
  else code.memoryLane(opcode.v128_store8_lane, 4 * lane, distance)
}

function storeContiguous(
  code: FunctionWriter,
  dtype: DType,
  lanes: number,
  address: Local,
  value: Local,
  distance: number,
): void {
  if (bytesPerElement[dtype] === 4) {
    code.get(address)
    code.get(value)
    if (lanes === 4) code.memory(opcode.v128_store, distance)
    else if (lanes === 1) code.memoryLane(opcode.v128_store32_lane, 0, distance)
    else {
      code.memoryLane(opcode.v128_store64_lane, 0, distance)
      if (lanes === 3) storeLane(code, dtype, 2, () => code.get(address), value, distance + 8)
    }
    return
  }
  if (lanes === 4) {
    code.get(address)
    code.get(value)
    code.get(value)
    code.shuffle8([0, 4, 8, 12])
    code.memoryLane(opcode.v128_store32_lane, 0, distance)
    return
  }
  for (let lane = 0; lane < lanes; lane++) storeLane(code, dtype, lane, () => code.get(address), value, distance + lane)
}
