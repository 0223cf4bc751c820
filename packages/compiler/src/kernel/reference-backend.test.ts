import { expect, test } from 'vitest'
import { axisIndex, zeroIndex } from './indexing.ts'
import type { Program } from './kernel.ts'
import { describeKernels } from './print.ts'
import { storeTo, writeProgram } from './program-writer.ts'
import { referenceBackend } from './reference-backend.ts'
import { applyScalar } from './scalar.ts'

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

const backend = referenceBackend()

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

test('an index out of range rejects the run with the message of its fault, and the next run is well again', async () => {
  const executable = backend.prepare(lookUpAndCount(), [backend.createState('int32', 1)])
  await expect(executable.run([Int32Array.of(0, 7, 1)])).rejects.toThrow('lookUp: index 7 is out of range.')
  expect(() => executable.runSync!([Int32Array.of(-1, 0, 1)])).toThrow('lookUp: index -1 is out of range.')
  expect(await executable.run([Int32Array.of(0, 0, 1)])).toEqual([Float32Array.of(0.5, 0.5, 1.5)])
})

test('prepare refuses states that do not fit the program', () => {
  const program = lookUpAndCount()
  expect(() => backend.prepare(program, [])).toThrow('the program has 1 states, but 0 were given')
  expect(() => backend.prepare(program, [backend.createState('float32', 1)])).toThrow(
    'state 0 is float32 [1], but the program needs int32 [1]',
  )
  const released = backend.createState('int32', 1)
  released.release()
  expect(() => backend.prepare(program, [released])).toThrow('released or of another backend')
  expect(() => backend.prepare(program, [referenceBackend().createState('int32', 1)])).toThrow('of another backend')
})

test('run refuses inputs that do not fit the program, and a released executable refuses to run', async () => {
  const executable = backend.prepare(lookUpAndCount(), [backend.createState('int32', 1)])
  await expect(executable.run([])).rejects.toThrow('the program takes 1 inputs, but 0 were given')
  await expect(executable.run([Float32Array.of(1, 2, 3)])).rejects.toThrow('input 0 is a Float32Array of 3 elements')
  executable.release()
  await expect(executable.run([Int32Array.of(0, 0, 0)])).rejects.toThrow('the executable is released')
})

test('a state refuses data of another length', () => {
  expect(() => backend.createState('int32', 3).write(Int32Array.of(1))).toThrow(
    'the state has 3 elements, but 1 were given',
  )
})

test('describe shows every kernel', () => {
  expect(describeKernels(backend, lookUpAndCount())).toEqual([
    'loop "gather" [i < 3]\n  output1[i] = constant3[{input0[i] < 2}]',
    'loop "sum + add" []\n  result0 = sum over [i < 3] of input0[i]\n  state2[0] = state2[0] + result0',
  ])
})
