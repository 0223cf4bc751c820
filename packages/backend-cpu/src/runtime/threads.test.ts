// Threads as users of the backend meet them.

import { applyScalar, axisIndex, type Program, storeTo, writeProgram } from '@neurite/compiler/kernel'
import { afterEach, describe, expect, test } from 'vitest'
import { defaultThreads, getThreads, setThreads } from '../threads/thread-count.ts'
import { type CpuBackend, cpuBackend } from './cpu-backend.ts'

const threadsBefore = getThreads()
afterEach(() => setThreads(threadsBefore))

/** out[i] = 2 x[i] + table[i] in two kernels. */
function scaleAndAdd(size: number): Program {
  const write = writeProgram()
  const [x, out, scaled] = [
    write.input('float32', size),
    write.output('float32', size),
    write.temporary('float32', size),
  ]
  const table = write.constant(
    'float32',
    Array.from({ length: size }, (_, i) => i % 7),
  )
  const load = (buffer: number) => write.load(buffer, axisIndex(0))
  const kernel = (label: string, to: number, value: ReturnType<typeof load>): void =>
    write.kernel({ kind: 'loop', label, extents: [size], steps: [storeTo(to, axisIndex(0), value)] })
  kernel('double', scaled, applyScalar('add', [load(x), load(x)]))
  kernel('add', out, applyScalar('add', [load(scaled), load(table)]))
  return write.finish()
}

/** out[i] = table[x[i]] */
function lookUp(size: number, tableSize: number): Program {
  const write = writeProgram()
  const [x, out] = [write.input('int32', size), write.output('float32', size)]
  const table = write.constant('float32', Array(tableSize).fill(0.5))
  const fault = write.fault('lookUp: index {value} is out of range.')
  const atom = { kind: 'value', value: write.load(x, axisIndex(0)), size: tableSize, fault } as const
  const found = write.load(table, { constant: 0, terms: [{ stride: 1, atom }] })
  write.kernel({ kind: 'loop', label: 'gather', extents: [size], steps: [storeTo(out, axisIndex(0), found)] })
  return write.finish()
}

function expectScaled(backend: CpuBackend, size: number): void {
  const executable = backend.prepare(scaleAndAdd(size), [])
  const x = Float32Array.from({ length: size }, (_, i) => i)
  for (let run = 0; run < 3; run++)
    expect(executable.runSync!([x])[0]!.every((value, i) => value === 2 * i + (i % 7))).toBe(true)
  executable.release()
}

const sharesAll = { nanosecondsPerThread: 0 }

test('their number changes between runs', async () => {
  const backend = cpuBackend(sharesAll)
  const executable = backend.prepare(scaleAndAdd(1000), [])
  const x = new Float32Array(1000).fill(3)
  const expected = executable.runSync!([x])
  for (const threads of [3, 1, 2]) {
    setThreads(threads)
    expect(getThreads()).toBe(threads)
    // While they start, one thread does it.
    expect(executable.runSync!([x])).toEqual(expected)
    expect(await backend.startThreads()).toBe(threads)
    expect(executable.runSync!([x])).toEqual(expected)
  }
})

test('a backend may have a number of its own', async () => {
  const backend = cpuBackend({ threads: 3, ...sharesAll })
  setThreads(2)
  expect(await backend.startThreads()).toBe(3)
  expectScaled(backend, 500)
})

test('programs come and go, and memory grows while they run', async () => {
  const backend = cpuBackend({ threads: 3, ...sharesAll })
  await backend.startThreads()
  for (const size of [10, 100, 20_000, 50, 500_000, 1000]) expectScaled(backend, size)
  const { bytesInUse } = backend.memoryUsage()
  for (let round = 0; round < 30; round++) expectScaled(backend, 1000)
  expect(backend.memoryUsage().bytesInUse).toBe(bytesInUse)
})

test('of several faults the one that one thread would meet first is thrown, and the next run is well again', async () => {
  const backend = cpuBackend({ threads: 4, ...sharesAll })
  await backend.startThreads()
  const size = 4096
  const executable = backend.prepare(lookUp(size, 10), [])
  for (let round = 0; round < 50; round++) {
    const indices = Int32Array.from({ length: size }, (_, i) => i % 10)
    const places = [37 * round + 3, 2000 + 11 * round, 4000]
    for (const place of places) indices[place] = 10 + place
    const first = Math.min(...places)
    expect(() => executable.runSync!([indices])).toThrow(`lookUp: index ${10 + first} is out of range.`)
    expect(executable.runSync!([new Int32Array(size)])[0]).toEqual(new Float32Array(size).fill(0.5))
  }
})

test('inputs that do not fit are refused, and take no memory', async () => {
  const backend = cpuBackend({ threads: 2, ...sharesAll })
  await backend.startThreads()
  const executable = backend.prepare(scaleAndAdd(100), [])
  executable.runSync!([new Float32Array(100)])
  const { bytesInUse } = backend.memoryUsage()
  const other = backend.prepare(lookUp(4, 2), [])
  const withTable = backend.memoryUsage().bytesInUse
  expect(() => other.runSync!([Float32Array.of(1)])).toThrow('input 0 is a Float32Array of 1 elements')
  expect(backend.memoryUsage().bytesInUse).toBe(withTable)
  other.release()
  expect(backend.memoryUsage().bytesInUse).toBe(bytesInUse)
  expect(() => other.runSync!([new Int32Array(4)])).toThrow('the executable is released')
})

test('small programs have no threads, and large ones say so', () => {
  const backend = cpuBackend({ threads: 2 })
  const notes = (size: number) => backend.describe(scaleAndAdd(size)).map(({ note }) => note)
  expect(notes(1000).join()).not.toContain('threads')
  expect(notes(1_000_000)).toEqual([
    '8 points along i at once; 125000 rounds for threads',
    '8 points along i at once; 125000 rounds for threads',
  ])
})

test('they do not keep the process alive', async () => {
  const active = (): number => process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name)).length
  const before = active()
  const backend = cpuBackend({ threads: 3, ...sharesAll })
  const starting = backend.startThreads()
  expect(active()).toBeGreaterThan(before)
  await starting
  expect(active()).toBe(before)
  expectScaled(backend, 100)
  expect(active()).toBe(before)
})

describe('their number', () => {
  test.each([0, -1, 1.5, 65, Number.NaN])('is not %s', (threads) => {
    expect(() => setThreads(threads)).toThrow(`setThreads: ${threads} threads are asked for`)
    expect(() => cpuBackend({ threads })).toThrow(`cpuBackend: ${threads} threads are asked for`)
  })

  test('is by default half the processors of large machines, and leaves one of a browser free', () => {
    const inNode = [1, 2, 3, 4, 6, 8, 16, 64].map((count) => defaultThreads({ count, isBrowser: false }))
    expect(inNode).toEqual([1, 2, 2, 2, 3, 4, 8, 8])
    expect([1, 2, 4, 8].map((count) => defaultThreads({ count, isBrowser: true }))).toEqual([1, 1, 1, 3])
  })
})

test('what a thread must have to do is no negative number', () => {
  expect(() => cpuBackend({ nanosecondsPerThread: -1 })).toThrow('nanosecondsPerThread is -1')
  expect(() => cpuBackend({ nanosecondsPerThread: Number.NaN })).toThrow('nanosecondsPerThread is NaN')
})
