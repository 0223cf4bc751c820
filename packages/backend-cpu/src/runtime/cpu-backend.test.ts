import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  addIndex,
  applyScalar,
  axisIndex,
  describeKernels,
  type Program,
  referenceBackend,
  scaleIndex,
  storeTo,
  writeProgram,
  zeroIndex,
} from '@neurite/compiler/kernel'
import { describe, expect, test, vi } from 'vitest'
import { cpuBackend } from './cpu-backend.ts'

/** total += Σ x; out[i] = table[x[i]] */
function lookUpAndCount(): Program {
  const write = writeProgram()
  const [x, out, total] = [write.input('int32', 3), write.output('float32', 3), write.state('int32', 1)]
  const table = write.constant('float32', [0.5, 1.5])
  const fault = write.fault('lookUp: index {value} is out of range.')
  const element = write.load(x, axisIndex(0))
  const atom = { kind: 'value', value: element, size: 2, fault } as const
  const found = write.load(table, { constant: 0, terms: [{ stride: 1, atom }] })
  write.kernel({ kind: 'loop', label: 'gather', extents: [3], steps: [storeTo(out, axisIndex(0), found)] })
  const sum = { kind: 'result', step: 0, dtype: 'int32' } as const
  write.kernel({
    kind: 'loop',
    label: 'sum + add',
    extents: [],
    steps: [
      { kind: 'reduce', extents: [3], combine: 'add', value: element },
      storeTo(total, zeroIndex, applyScalar('add', [write.load(total, zeroIndex), sum])),
    ],
  })
  return write.finish()
}

/** out[i] = x[i] + table[i] */
function addTable(size: number, table = 1): Program {
  const write = writeProgram()
  const [x, out] = [write.input('float32', size), write.output('float32', size)]
  const constant = write.constant('float32', Array(size).fill(table))
  const sum = applyScalar('add', [write.load(x, axisIndex(0)), write.load(constant, axisIndex(0))])
  write.kernel({ kind: 'loop', label: 'add', extents: [size], steps: [storeTo(out, axisIndex(0), sum)] })
  return write.finish()
}

const backend = cpuBackend()

describe('states and runs', () => {
  test('a state keeps its value between runs and is read as a copy', async () => {
    const total = backend.createState('int32', 1)
    total.write(Int32Array.of(100))
    const executable = backend.prepare(lookUpAndCount(), [total])
    expect(await executable.run([Int32Array.of(0, 1, 1)])).toEqual([Float32Array.of(0.5, 1.5, 1.5)])
    const before = await total.read()
    expect(executable.runSync!([Int32Array.of(1, 0, 0)])).toEqual([Float32Array.of(1.5, 0.5, 0.5)])
    expect(before).toEqual(Int32Array.of(102))
    expect(total.readSync!()).toEqual(Int32Array.of(103))
  })

  test('a fresh state holds zeros, also where another one was', () => {
    const first = backend.createState('float32', 5)
    first.write(Float32Array.of(1, 2, 3, 4, 5))
    first.release()
    expect(backend.createState('float32', 5).readSync!()).toEqual(new Float32Array(5))
  })

  test('an index out of range rejects the run with the message of its fault, and the next run is well again', async () => {
    const executable = backend.prepare(lookUpAndCount(), [backend.createState('int32', 1)])
    await expect(executable.run([Int32Array.of(0, 7, 1)])).rejects.toThrow('lookUp: index 7 is out of range.')
    expect(() => executable.runSync!([Int32Array.of(-1, 0, 1)])).toThrow('lookUp: index -1 is out of range.')
    expect(await executable.run([Int32Array.of(0, 0, 1)])).toEqual([Float32Array.of(0.5, 0.5, 1.5)])
  })

  test('one program runs with several sets of states', () => {
    const program = lookUpAndCount()
    const states = [1, 2].map(() => backend.createState('int32', 1))
    const [a, b] = states.map((state) => backend.prepare(program, [state]))
    a!.runSync!([Int32Array.of(1, 1, 1)])
    b!.runSync!([Int32Array.of(0, 1, 0)])
    a!.release()
    b!.runSync!([Int32Array.of(0, 1, 0)])
    expect(states.map((state) => state.readSync!()[0])).toEqual([3, 2])
  })

  test('results of earlier runs stay as they are when memory grows and the arena moves', () => {
    const small = backend.prepare(addTable(10), [])
    const [before] = small.runSync!([new Float32Array(10)])
    const large = backend.prepare(addTable(3_000_000, 5), [])
    expect(large.runSync!([new Float32Array(3_000_000)])[0]!.at(-1)).toBe(5)
    expect(small.runSync!([new Float32Array(10).fill(2)])[0]).toEqual(new Float32Array(10).fill(3))
    expect(before).toEqual(new Float32Array(10).fill(1))
  })
})

describe('what does not fit is refused', () => {
  test('states', () => {
    const program = lookUpAndCount()
    expect(() => backend.prepare(program, [])).toThrow('the program has 1 states, but 0 were given')
    expect(() => backend.prepare(program, [backend.createState('float32', 1)])).toThrow(
      'state 0 is float32 [1], but the program needs int32 [1]',
    )
    const released = backend.createState('int32', 1)
    released.release()
    released.release()
    for (const state of [released, referenceBackend().createState('int32', 1), cpuBackend().createState('int32', 1)])
      expect(() => backend.prepare(program, [state])).toThrow('state 0 is released or of another backend')
    expect(() => backend.createState('int32', 3).write(Int32Array.of(1))).toThrow('has 3 elements, but 1 were given')
  })

  test('inputs', async () => {
    const executable = backend.prepare(lookUpAndCount(), [backend.createState('int32', 1)])
    await expect(executable.run([])).rejects.toThrow('the program takes 1 inputs, but 0 were given')
    await expect(executable.run([Float32Array.of(1, 2, 3)])).rejects.toThrow('input 0 is a Float32Array of 3 elements')
    await expect(executable.run([Int32Array.of(1)])).rejects.toThrow('but the program takes int32 [3]')
  })

  test('what was released', () => {
    const state = backend.createState('int32', 1)
    const [one, other] = [1, 2].map(() => backend.prepare(lookUpAndCount(), [state]))
    one!.runSync!([Int32Array.of(0, 0, 0)])
    one!.release()
    one!.release()
    expect(() => one!.runSync!([Int32Array.of(0, 0, 0)])).toThrow('the executable is released')
    other!.runSync!([Int32Array.of(0, 0, 0)])
    state.release()
    expect(() => other!.runSync!([Int32Array.of(0, 0, 0)])).toThrow('state 0 is released')
    expect(() => state.readSync!()).toThrow('released')
  })

  test('a policy that forbids WebAssembly', () => {
    const compile = vi.spyOn(WebAssembly, 'Module').mockImplementation(function refuse() {
      throw new WebAssembly.CompileError(
        "Refused to compile or instantiate WebAssembly module because neither 'wasm-eval' nor 'unsafe-eval' is an allowed source of script",
      )
    } as never)
    try {
      expect(() => cpuBackend().prepare(addTable(3), [])).toThrow("script-src 'wasm-unsafe-eval'")
    } finally {
      compile.mockRestore()
    }
  })
})

test('an environment without WebAssembly is said when there is something to run', () => {
  const known = globalThis.WebAssembly
  try {
    Reflect.deleteProperty(globalThis, 'WebAssembly')
    const without = cpuBackend()
    expect(() => without.createState('float32', 1)).toThrow(/no WebAssembly\..*useBackend\(referenceBackend\(\)\)/)
    expect(() => without.prepare(addTable(3), [])).toThrow('this environment has no WebAssembly')
  } finally {
    globalThis.WebAssembly = known
  }
})

test('memory does not grow while programs and states come and go', () => {
  const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow')
  const own = cpuBackend()
  const once = (): void => {
    const state = own.createState('float32', 100_000)
    const executable = own.prepare(addTable(50_000), [])
    executable.runSync!([new Float32Array(50_000)])
    executable.release()
    state.release()
  }
  once()
  const before = grow.mock.calls.length
  expect(before).toBeGreaterThan(0)
  for (let i = 0; i < 20; i++) once()
  expect(grow.mock.calls.length).toBe(before)
  grow.mockRestore()
})

test('says what a run takes beside the arena: operands that are packed, for each thread', async () => {
  const write = writeProgram()
  const [left, right, out] = [256 * 256, 256 * 256, 256 * 256].map((size, place) =>
    place < 2 ? write.input('float32', size) : write.output('float32', size),
  ) as [number, number, number]
  const at = (row: number, column: number) => addIndex(scaleIndex(axisIndex(row), 256), axisIndex(column))
  write.kernel({
    kind: 'contraction',
    label: 'product',
    batch: [],
    rows: [256],
    columns: [256],
    depth: [256],
    left: write.load(left, at(0, 2)),
    right: write.load(right, at(2, 1)),
    stores: [storeTo(out, at(0, 1), { kind: 'result', step: 0, dtype: 'float32' })],
  })
  const program = write.finish()
  const alone = cpuBackend({ threads: 1 })
  expect(alone.scratchBytes!(program)).toBeGreaterThan(0)
  alone.prepare(program, []).runSync!([new Float32Array(65536), new Float32Array(65536)])
  expect(alone.memoryUsage().bytesInUse).toBe(program.arenaBytes + alone.scratchBytes!(program))
  expect(alone.scratchBytes!(addTable(3))).toBe(0)
  const shared = cpuBackend({ threads: 3 })
  await shared.startThreads()
  const bytes = shared.scratchBytes!(program)
  expect(bytes).toBeGreaterThan(0)
  // Of shorter blocks than one thread takes.
  expect(bytes).toBeLessThanOrEqual(3 * alone.scratchBytes!(program))
  shared.prepare(program, []).runSync!([new Float32Array(65536), new Float32Array(65536)])
  expect(shared.memoryUsage().bytesInUse).toBe(program.arenaBytes + bytes)
})

test('describe shows every kernel and how it is run', () => {
  expect(describeKernels(backend, lookUpAndCount())).toEqual([
    'loop "gather" [i < 3]\n  output1[i] = constant3[{input0[i] < 2}]\n  (one element at a time)',
    'loop "sum + add" []\n  result0 = sum over [i < 3] of input0[i]\n  state2[0] = state2[0] + result0\n  (one element at a time)',
  ])
  expect(describeKernels(backend, addTable(8))).toEqual([
    'loop "add" [i < 8]\n  output1[i] = input0[i] + constant2[i]\n  (4 points along i at once)',
  ])
})

test('small programs are prepared without counting the processors', async () => {
  vi.resetModules()
  const fresh = await import('./cpu-backend.ts')
  const asked = vi.spyOn(process, 'getBuiltinModule')
  fresh.cpuBackend().prepare(addTable(8), []).runSync!([new Float32Array(8)])
  expect(asked).not.toHaveBeenCalledWith('node:os')
  await fresh.cpuBackend().startThreads()
  expect(asked).toHaveBeenCalledWith('node:os')
  asked.mockRestore()
})

test('programs that are over keep next to nothing, even in a loop that never awaits', () => {
  const backend = cpuBackend({ threads: 1 })
  const run = (size: number) => {
    const write = writeProgram()
    const [x, out] = [write.input('float32', size), write.output('float32', size)]
    const value = applyScalar('exp', [write.load(x, axisIndex(0))])
    write.kernel({ kind: 'loop', label: 'exp', extents: [size], steps: [storeTo(out, axisIndex(0), value)] })
    backend.prepare(write.finish(), []).runSync!([new Float32Array(size)])
  }
  for (let size = 1; size <= 100; size++) run(size)
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  const programs = 1000
  for (let size = 101; size <= 100 + programs; size++) run(size)
  collectGarbage()
  expect((process.memoryUsage().heapUsed - before) / programs).toBeLessThan(2500)
})

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}
