// What a backend promises beside right numbers: the order of runs, who owns which memory, and how faults are told.

import {
  applyScalar,
  type Backend,
  constantScalar,
  type Executable,
  type Program,
  type StateBuffer,
  storeTo,
  type TypedArray,
  writeProgram,
} from '../kernel/index.ts'
import { differences } from './compare.ts'
import type { ConformanceTest } from './conformance-test.ts'
import { affine, loopKernel } from './write-case.ts'

/** Collects sentences about what is not as it should be. */
class Findings {
  readonly sentences: string[] = []

  expect(what: string, actual: TypedArray, ...expected: readonly number[]): void {
    const wanted = (actual.constructor as Float32ArrayConstructor).from(expected)
    this.sentences.push(...differences(what, actual, wanted, new Float64Array(expected.length)))
  }

  expectThat(holds: boolean, sentence: string): void {
    if (!holds) this.sentences.push(sentence)
  }
}

function test(title: string, body: (backend: Backend, found: Findings) => Promise<void>): ConformanceTest {
  return {
    title,
    run: async (backend) => {
      const found = new Findings()
      await body(backend, found)
      return found.sentences
    },
  }
}

/** out = x + total; total += x, over `size` float32. */
export function accumulation(size: number): Program {
  const write = writeProgram()
  const [x, out, total] = [write.input('float32', size), write.output('float32', size), write.state('float32', size)]
  const sum = applyScalar('add', [write.load(x, affine([1])), write.load(total, affine([1]))])
  write.kernel(loopKernel([size], storeTo(out, affine([1]), sum), storeTo(total, affine([1]), sum)))
  return write.finish()
}

/** out = 2 · x, over `size` float32. */
export function doubling(size: number): Program {
  const write = writeProgram()
  const [x, out] = [write.input('float32', size), write.output('float32', size)]
  const value = write.load(x, affine([1]))
  write.kernel(loopKernel([size], storeTo(out, affine([1]), applyScalar('add', [value, value]))))
  return write.finish()
}

/** Counts its runs, and fails where an index is not below 3. */
function lookUp(): Program {
  const write = writeProgram()
  const [x, out, runs] = [write.input('int32', 2), write.output('float32', 2), write.state('int32', 1)]
  const table = write.constant('float32', [10, 20, 30])
  const fault = write.fault('table: index {value} is not below 3.')
  const atom = { kind: 'value', value: write.load(x, affine([1])), size: 3, fault } as const
  const next = applyScalar('add', [write.load(runs, affine([])), constantScalar(1, 'int32')])
  write.kernel(
    loopKernel([2], storeTo(out, affine([1]), write.load(table, { constant: 0, terms: [{ stride: 1, atom }] }))),
  )
  write.kernel(loopKernel([], storeTo(runs, affine([]), next)))
  return write.finish()
}

const floats = (...values: readonly number[]): Float32Array => Float32Array.from(values)

function stateOf(backend: Backend, ...values: readonly number[]): StateBuffer {
  const state = backend.createState('float32', values.length)
  state.write(Float32Array.from(values))
  return state
}

const first = async (executable: Executable, ...inputs: readonly TypedArray[]): Promise<TypedArray> =>
  (await executable.run(inputs))[0]!

/** The message with which a run fails; undefined if it does not. */
async function failure(run: Promise<unknown>): Promise<string | undefined> {
  try {
    await run
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : `not an Error: ${String(error)}`
  }
}

export const contractTests: readonly ConformanceTest[] = [
  test('a backend has a name and describes each kernel', async (backend, found) => {
    found.expectThat(backend.name.length > 0, 'the name is empty')
    const texts = backend.describe(lookUp())
    found.expectThat(texts.length === 2, `describe gives ${texts.length} texts for 2 kernels`)
    found.expectThat(
      texts.every((text) => text.trim().length > 0),
      'describe gives an empty text',
    )
  }),

  test('a state is what it was created as, and keeps copies', async (backend, found) => {
    for (const [dtype, values] of [
      ['uint8', Uint8Array.of(1, 2, 255)],
      ['float64', Float64Array.of(1e300, -0, Number.NaN)],
      ['bool', Uint8Array.of(1)],
      ['int32', Int32Array.of(-5, 2 ** 31 - 1)],
      ['float32', Float32Array.of(0.5)],
      ['float32', new Float32Array(0)],
    ] as const) {
      const state = backend.createState(dtype, values.length)
      const what = `state of ${values.length} ${dtype}`
      found.expectThat(
        state.dtype === dtype && state.size === values.length,
        `${what}: is ${state.size} ${state.dtype}`,
      )
      const written = values.slice()
      state.write(written)
      written.fill(7)
      const read = await state.read()
      found.sentences.push(...differences(what, read, values, new Float64Array(values.length)))
      read.fill(9)
      found.expect(`${what}, read again`, await state.read(), ...values)
      if (state.readSync) found.expect(`${what}, read at once`, state.readSync(), ...values)
      state.release()
    }
  }),

  test('states are independent, and live on when another is released', async (backend, found) => {
    const states = [1, 2, 3].map((value) => stateOf(backend, value, value))
    states[1]!.write(floats(8, 9))
    states[0]!.release()
    const late = stateOf(backend, 4, 4)
    found.expect('the second state', await states[1]!.read(), 8, 9)
    found.expect('the third state', await states[2]!.read(), 3, 3)
    found.expect('a state created after a release', await late.read(), 4, 4)
  }),

  test('a run gives the same again, and states carry over', async (backend, found) => {
    const twice = backend.prepare(doubling(5), [])
    const inputs = floats(1, 2, 3, 4, 5)
    found.expect('the first run', await first(twice, inputs), 2, 4, 6, 8, 10)
    found.expect('the second run', await first(twice, inputs), 2, 4, 6, 8, 10)
    found.expect('the input afterwards', inputs, 1, 2, 3, 4, 5)

    const total = stateOf(backend, 100)
    const add = backend.prepare(accumulation(1), [total])
    found.expect('the first sum', await first(add, floats(1)), 101)
    found.expect('the second sum', await first(add, floats(2)), 103)
    found.expect('the state', await total.read(), 103)
    total.write(floats(0))
    found.expect('the sum after the state was written', await first(add, floats(5)), 5)
  }),

  test('inputs are copied before run returns', async (backend, found) => {
    const twice = backend.prepare(doubling(3), [])
    const inputs = floats(1, 2, 3)
    const pending = twice.run([inputs])
    inputs.fill(Number.NaN)
    found.expect('the result', (await pending)[0]!, 2, 4, 6)
  }),

  test('outputs are fresh', async (backend, found) => {
    const twice = backend.prepare(doubling(3), [])
    const before = await first(twice, floats(1, 2, 3))
    const after = await first(twice, floats(4, 5, 6))
    found.expect('the first result after the second run', before, 2, 4, 6)
    before.fill(-1)
    found.expect('the second result after the first was overwritten', after, 8, 10, 12)
    found.expect('the third result', await first(twice, floats(4, 5, 6)), 8, 10, 12)
  }),

  test('an output that is listed twice comes as two arrays', async (backend, found) => {
    const program = doubling(2)
    const executable = backend.prepare({ ...program, outputs: [1, 1] }, [])
    const [one, other] = await executable.run([floats(1, 2)])
    one!.fill(0)
    found.expect('the second', other!, 2, 4)
  }),

  test('outputs come in the order of the list', async (backend, found) => {
    const write = writeProgram()
    const outputs = [1, 2, 3].map((value) => {
      const out = write.output('float32', 1)
      write.kernel(loopKernel([], storeTo(out, affine([]), constantScalar(value, 'float32'))))
      return out
    })
    const program = { ...write.finish(), outputs: outputs.toReversed() }
    const results = await backend.prepare(program, []).run([])
    found.expect('the results', floats(...results.map((result) => result[0]!)), 3, 2, 1)
  }),

  test('runs that overlap happen in the order in which they were started', async (backend, found) => {
    const total = stateOf(backend, 0, 0)
    const add = backend.prepare(accumulation(2), [total])
    const pending = [1, 2, 3].map((value) => add.run([floats(value, 10 * value)]))
    const read = total.read()
    const results = await Promise.all(pending)
    found.expect('the first run', results[0]![0]!, 1, 10)
    found.expect('the second run', results[1]![0]!, 3, 30)
    found.expect('the third run', results[2]![0]!, 6, 60)
    found.expect('the state, read while they were under way', await read, 6, 60)
  }),

  test('a fault rejects the run with its message, what follows runs, and the next run is well', async (backend, found) => {
    const runs = backend.createState('int32', 1)
    runs.write(Int32Array.of(0))
    const table = backend.prepare(lookUp(), [runs])
    found.expect('a run without a fault', await first(table, Int32Array.of(2, 0)), 30, 10)
    for (const wrong of [3, -1, -(2 ** 31)]) {
      const message = await failure(table.run([Int32Array.of(1, wrong)]))
      const expected = `table: index ${wrong} is not below 3.`
      found.expectThat(message === expected, `the run threw ${message ?? 'nothing'}, expected "${expected}"`)
    }
    found.expect('a run after faults', await first(table, Int32Array.of(1, 1)), 20, 20)
    found.expect('the number of runs, those with faults among them', await runs.read(), 5)
  }),

  test('runSync, where there is one, does the same at once', async (backend, found) => {
    const total = stateOf(backend, 1)
    const add = backend.prepare(accumulation(1), [total])
    if (!add.runSync) return
    found.expect('the result', add.runSync([floats(2)])[0]!, 3)
    found.expect('the next', await first(add, floats(3)), 6)
    if (total.readSync) found.expect('the state', total.readSync(), 6)
    const runs = backend.createState('int32', 1)
    const table = backend.prepare(lookUp(), [runs])
    const message = await failure((async () => table.runSync!([Int32Array.of(9, 0)]))())
    found.expectThat(message === 'table: index 9 is not below 3.', `the run threw ${message ?? 'nothing'}`)
  }),

  test('executables share states', async (backend, found) => {
    const total = stateOf(backend, 1, 1, 1)
    const [add, addAgain] = [backend.prepare(accumulation(3), [total]), backend.prepare(accumulation(3), [total])]
    found.expect('the first', await first(add, floats(1, 2, 3)), 2, 3, 4)
    found.expect('the other', await first(addAgain, floats(10, 10, 10)), 12, 13, 14)
    add.release()
    found.expect('the other, the first being released', await first(addAgain, floats(1, 1, 1)), 13, 14, 15)
    addAgain.release()
    found.expect('the state, both being released', await total.read(), 13, 14, 15)
  }),

  test('one program runs with several bindings of its states', async (backend, found) => {
    const program = accumulation(1)
    const totals = [stateOf(backend, 100), stateOf(backend, 200)]
    const [one, other] = totals.map((total) => backend.prepare(program, [total])) as [Executable, Executable]
    found.expect('the one', await first(one, floats(1)), 101)
    found.expect('the other', await first(other, floats(2)), 202)
    found.expect('the one again', await first(one, floats(3)), 104)
    one.release()
    found.expect('the other after the one is released', await first(other, floats(1)), 203)
    found.expect('the first state', await totals[0]!.read(), 104)
  }),

  test('states are bound in order', async (backend, found) => {
    const write = writeProgram()
    const [a, b] = [write.state('float32', 1), write.state('float32', 1)]
    const out = write.output('float32', 1)
    const difference = applyScalar('subtract', [write.load(a, affine([])), write.load(b, affine([]))])
    write.kernel(loopKernel([], storeTo(out, affine([]), difference)))
    const program = write.finish()
    const [x, y] = [stateOf(backend, 5), stateOf(backend, 2)]
    found.expect('a − b', await first(backend.prepare(program, [x, y])), 3)
    found.expect('b − a', await first(backend.prepare(program, [y, x])), -3)
    found.expect('in the order of the list', await first(backend.prepare({ ...program, states: [b, a] }, [x, y])), -3)
  }),

  test('executables of different sizes do not disturb one another', async (backend, found) => {
    const sizes = [3, 1000, 17]
    const executables = sizes.map((size) => backend.prepare(doubling(size), []))
    for (let round = 0; round < 2; round++)
      for (const [i, executable] of executables.entries()) {
        const inputs = Float32Array.from({ length: sizes[i]! }, (_, place) => place + round)
        found.expect(
          `round ${round}, ${sizes[i]} elements`,
          await first(executable, inputs),
          ...inputs.map((x) => 2 * x),
        )
      }
  }),

  test('what was made before memory had to grow works afterwards', async (backend, found) => {
    const total = stateOf(backend, 1, 2)
    const add = backend.prepare(accumulation(2), [total])
    await add.run([floats(1, 1)])
    const large = backend.createState('float32', 6_000_000)
    const many = backend.prepare(doubling(3_000_000), [])
    const doubled = await first(many, new Float32Array(3_000_000).fill(3))
    found.expectThat(doubled[0] === 6 && doubled[2_999_999] === 6, 'a run over 3,000,000 elements is wrong')
    found.expect('a run of the first executable', await first(add, floats(1, 1)), 3, 4)
    found.expect('its state', await total.read(), 3, 4)
    large.release()
    many.release()
    found.expect('a run after the large ones are released', await first(add, floats(1, 1)), 4, 5)
  }),

  test('a program is prepared and released hundreds of times', async (backend, found) => {
    const total = stateOf(backend, 0)
    const program = accumulation(1)
    for (let i = 0; i < 300; i++) {
      const executable = backend.prepare(program, [total])
      await executable.run([floats(1)])
      executable.release()
    }
    found.expect('the state', await total.read(), 300)
  }),

  test('a program may be frozen, and may be empty', async (backend, found) => {
    const executable = backend.prepare(deepFrozen(doubling(2)), [])
    found.expect('the result', await first(executable, floats(1, 2)), 2, 4)
    const results = await backend.prepare(writeProgram().finish(), []).run([])
    found.expectThat(results.length === 0, `the empty program gives ${results.length} results`)
  }),
]

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const part of Object.values(value)) deepFrozen(part)
    Object.freeze(value)
  }
  return value
}
