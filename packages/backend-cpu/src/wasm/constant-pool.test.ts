import { expect, test } from 'vitest'
import { GrowingConstantPool } from './constant-pool.ts'
import { importNamespace, ModuleWriter } from './module-writer.ts'
import * as opcode from './opcodes.ts'

test('a constant has one address, and a full pool has no more', () => {
  const pool = new GrowingConstantPool(64, 48)
  expect(pool.addressOf(1, 1, 1, 1)).toBe(64)
  expect(pool.addressOf(1, 2, 3, 4)).toBe(80)
  expect(pool.addressOf(1, 1, 1, 1)).toBe(64)
  expect(pool.addressOf(1, 2, 3, 4)).toBe(80)
  expect(pool.addressOf(0, 0, 0, 0)).toBe(96)
  expect(pool.addressOf(5, 5, 5, 5)).toBeUndefined()
  expect(pool.words).toEqual([1, 1, 1, 1, 1, 2, 3, 4, 0, 0, 0, 0])
})

test('code finds the constants of its pool in memory, and those without room in itself', () => {
  const pool = new GrowingConstantPool(64, 32)
  const module = new ModuleWriter({ constants: pool })
  const code = module.function('f', { parameters: [], results: [] })
  for (const [address, push] of [
    [128, () => code.f32x4(0.5)],
    [144, () => code.i32x4(1, -2, 3, -4)],
    [160, () => code.f64x2(Math.PI)],
  ] as const) {
    code.i32(address)
    push()
    code.memory(opcode.v128_store)
  }
  module.export(code)
  const memory = new WebAssembly.Memory({ initial: 1 })
  new Int32Array(memory.buffer, pool.start).set(pool.words)
  const imports = { [importNamespace]: { memory } }
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.finish()), imports)
  ;(instance.exports.f as () => void)()
  expect(pool.words).toHaveLength(8)
  expect(new Float32Array(memory.buffer, 128, 4)).toEqual(Float32Array.of(0.5, 0.5, 0.5, 0.5))
  expect(new Int32Array(memory.buffer, 144, 4)).toEqual(Int32Array.of(1, -2, 3, -4))
  expect(new Float64Array(memory.buffer, 160, 2)).toEqual(Float64Array.of(Math.PI, Math.PI))
})
