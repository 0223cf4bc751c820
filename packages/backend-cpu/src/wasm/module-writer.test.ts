import { describe, expect, test } from 'vitest'
import type { FunctionWriter } from './function-writer.ts'
import { importNamespace, ModuleWriter, maximumPages } from './module-writer.ts'
import type { LaneOpcode, MemoryLaneOpcode, MemoryOpcode, PlainOpcode } from './opcodes.ts'
import * as opcode from './opcodes.ts'
import type { Signature, ValueType } from './value-type.ts'

type Exports = Record<string, (...values: number[]) => number>

function instantiate(
  module: ModuleWriter,
  imports: WebAssembly.ModuleImports = {},
): { exports: Exports; memory: WebAssembly.Memory } {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const compiled = new WebAssembly.Module(module.finish())
  const instance = new WebAssembly.Instance(compiled, { [importNamespace]: { memory, ...imports } })
  return { exports: instance.exports as Exports, memory }
}

function functionOf(signature: Signature, write: (code: FunctionWriter) => void): (...values: number[]) => number {
  const module = new ModuleWriter()
  const code = module.function('f', signature)
  write(code)
  module.export(code)
  return instantiate(module).exports.f!
}

const toI32 = (...parameters: ValueType[]): Signature => ({ parameters, results: ['i32'] })

test('constants of every size survive their encoding', () => {
  for (const value of [0, 1, -1, 63, 64, -64, -65, 127, 128, 8191, 8192, -8193, 2 ** 31 - 1, -(2 ** 31)])
    expect(functionOf(toI32(), (code) => code.i32(value))()).toBe(value)
  for (const value of [0.1, -1e300, Infinity])
    expect(functionOf({ parameters: [], results: ['f64'] }, (code) => code.f64(value))()).toBe(value)
  expect(functionOf({ parameters: [], results: ['f32'] }, (code) => code.f32(0.1))()).toBe(Math.fround(0.1))
})

test('loops, blocks and branches nest: the sum of the odd numbers below n', () => {
  const sum = functionOf(toI32('i32'), (code) => {
    const [total, counter] = [code.local('i32'), code.local('i32')]
    code.block((exit) => {
      code.loop((again) => {
        code.get(counter)
        code.get(0)
        code.emit(opcode.i32_ge_s)
        code.branchIf(exit)
        code.get(counter)
        code.i32(1)
        code.emit(opcode.i32_and)
        code.if(() => {
          code.get(total)
          code.get(counter)
          code.emit(opcode.i32_add)
          code.set(total)
        })
        code.get(counter)
        code.i32(1)
        code.emit(opcode.i32_add)
        code.set(counter)
        code.branch(again)
      })
    })
    code.get(total)
  })
  expect(sum(10)).toBe(25)
  expect(sum(0)).toBe(0)
})

test('functions call each other and imports, whatever order they are made in, and read globals', () => {
  const module = new ModuleWriter()
  const first = module.function('first', toI32('i32'))
  const second = module.function('second', toI32('i32'))
  const base = module.importGlobal('base')
  first.get(0)
  first.call(second)
  // Made after a function that calls it: numbers are settled at the end.
  const double = module.importFunction('double', toI32('i32'))
  second.get(0)
  second.call(double)
  second.getGlobal(base)
  second.emit(opcode.i32_add)
  module.export(first)
  const { exports } = instantiate(module, { double: (value: number) => 2 * value, base: 1000 })
  expect(exports.first!(21)).toBe(1042)
})

test('a released local is handed out again', () => {
  const code = new ModuleWriter().function('f', toI32('f32'))
  const local = code.local('v128')
  expect(local).toBe(1)
  code.release(local)
  expect(code.local('v128')).toBe(local)
  expect(code.local('v128')).toBe(2)
  expect(code.typeOf(0)).toBe('f32')
})

test('a vector is loaded, shuffled and stored; memory is filled', () => {
  const module = new ModuleWriter()
  const code = module.function('f', { parameters: [], results: [] })
  code.i32(32)
  code.i32(0)
  code.memory(opcode.v128_load)
  code.i32x4(10, 11, 12, 13)
  code.shuffle32(3, 0, 4, 7)
  code.memory(opcode.v128_store)
  code.i32(64)
  code.i32(7)
  code.i32(5)
  code.memoryFill()
  module.export(code)
  const { exports, memory } = instantiate(module)
  new Int32Array(memory.buffer).set([1, 2, 3, 4])
  exports.f!()
  expect([...new Int32Array(memory.buffer, 32, 4)]).toEqual([4, 1, 10, 13])
  expect([...new Uint8Array(memory.buffer, 63, 7)]).toEqual([0, 7, 7, 7, 7, 7, 0])
})

describe('a memory that threads share', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: maximumPages, shared: true })
  const words = new Int32Array(memory.buffer)

  function atomic(parameters: number, write: (code: FunctionWriter) => void): (...values: number[]) => number {
    const module = new ModuleWriter({ isShared: true })
    const code = module.function('f', toI32(...Array.from({ length: parameters }, () => 'i32' as const)))
    for (let number = 0; number < parameters; number++) code.get(number)
    write(code)
    module.export(code)
    const instance = new WebAssembly.Instance(new WebAssembly.Module(module.finish()), {
      [importNamespace]: { memory },
    })
    return instance.exports.f as (...values: number[]) => number
  }

  test('is loaded, stored and added to atomically', () => {
    words[10] = 5
    expect(atomic(1, (code) => code.memory(opcode.i32_atomic_load, 36))(4)).toBe(5)
    expect(atomic(2, (code) => code.memory(opcode.i32_atomic_rmw_add, 36))(4, 7)).toBe(5)
    expect(words[10]).toBe(12)
    const store = atomic(2, (code) => {
      code.memory(opcode.i32_atomic_store, 36)
      code.i32(0)
    })
    store(4, -1)
    expect(words[10]).toBe(-1)
  })

  test('can be waited on, until a time has passed, and notified', () => {
    words[20] = 3
    const wait = atomic(2, (code) => {
      code.i64(1_000_000)
      code.memory(opcode.memory_atomic_wait32, 72)
    })
    expect(wait(8, 4)).toBe(1)
    expect(wait(8, 3)).toBe(2)
    expect(atomic(2, (code) => code.memory(opcode.memory_atomic_notify, 72))(8, 1)).toBe(0)
  })

  test('must be shared', () => {
    const module = new WebAssembly.Module(new ModuleWriter({ isShared: true }).finish())
    const unshared = new WebAssembly.Memory({ initial: 1, maximum: maximumPages })
    expect(() => new WebAssembly.Instance(module, { [importNamespace]: { memory: unshared } })).toThrow(/shared/)
  })
})

// A wrong code is another instruction or none, so the types that the engine checks tell most mistakes.
describe('every instruction is known to the engine under the types of its name', () => {
  const isValid = (signature: Signature, write: (code: FunctionWriter) => void): boolean => {
    const module = new ModuleWriter()
    write(module.function('f', signature))
    return WebAssembly.validate(module.finish())
  }
  const types = ['i32', 'f32', 'f64', 'v128'] as const
  const typeOfShape = (shape: string): ValueType => (shape.includes('x') ? 'v128' : (shape as ValueType))
  const pushAll = (code: FunctionWriter): void => {
    for (const number of code.signature.parameters.keys()) code.get(number)
  }
  const relaxed = isValid({ parameters: ['v128', 'v128', 'v128'], results: ['v128'] }, (code) => {
    pushAll(code)
    code.emit(opcode.f32x4_relaxed_madd)
  })

  const named = Object.entries(opcode)
  const memoryLane = named.filter(([name]) => /^v128_.*_lane$/.test(name)) as [string, MemoryLaneOpcode][]
  const memory = named.filter(([name]) => /_(load|store)\d*(x8_.|_.|_splat|_zero)?$/.test(name)) as [
    string,
    MemoryOpcode,
  ][]
  const lane = named.filter(([name]) => /_(extract|replace)_lane/.test(name)) as [string, LaneOpcode][]
  const others = named.filter(([, code]) => ![...memoryLane, ...memory, ...lane].some(([, other]) => other === code))
  const plain = others.filter(([name]) => !name.includes('atomic')) as [string, PlainOpcode][]

  test.each(plain)('%s', (name, instruction) => {
    if (name.includes('relaxed') && !relaxed) return
    const candidates = [1, 2, 3].flatMap((count) =>
      types.flatMap((type) => types.map((last) => [...Array.from({ length: count - 1 }, () => type), last])),
    )
    const found = [[], ...candidates].some((parameters) =>
      [[], ...types.map((type) => [type])].some((results) =>
        isValid({ parameters, results }, (code) => {
          pushAll(code)
          code.emit(instruction)
        }),
      ),
    )
    expect(found).toBe(true)
  })

  test('loads, stores and lanes', () => {
    for (const [name, instruction] of memory.filter(([name]) => !name.includes('atomic'))) {
      const type = typeOfShape(name.split('_')[0]!)
      const signature: Signature = name.includes('store')
        ? { parameters: ['i32', type], results: [] }
        : { parameters: ['i32'], results: [type] }
      expect(
        isValid(signature, (code) => {
          pushAll(code)
          code.memory(instruction, 300)
        }),
        name,
      ).toBe(true)
    }
    for (const [name, instruction] of lane) {
      const element: ValueType = name.startsWith('i') ? 'i32' : (name.slice(0, 3) as ValueType)
      const signature: Signature = name.includes('replace')
        ? { parameters: ['v128', element], results: ['v128'] }
        : { parameters: ['v128'], results: [element] }
      expect(
        isValid(signature, (code) => {
          pushAll(code)
          code.lane(instruction, 1)
        }),
        name,
      ).toBe(true)
    }
    for (const [name, instruction] of memoryLane)
      expect(
        isValid({ parameters: ['i32', 'v128'], results: name.includes('store') ? [] : ['v128'] }, (code) => {
          pushAll(code)
          code.memoryLane(instruction, 1, 8)
        }),
        name,
      ).toBe(true)
  })
})
