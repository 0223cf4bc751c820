// What the caller keeps between runs, and binds to programs.

import { applyScalar, type Executable, storeTo, writeProgram } from '../../kernel/index.ts'
import { differences } from '../compare.ts'
import type { ConformanceTest } from '../conformance-test.ts'
import { affine, loopKernel } from '../write-case.ts'
import { accumulation } from './contract-programs.ts'
import { contractTest, first, floats, stateOf } from './findings.ts'

export const stateTests: readonly ConformanceTest[] = [
  contractTest('a state is what it was created as, and keeps copies', async (backend, found) => {
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

  contractTest('states are independent, and live on when another is released', async (backend, found) => {
    const states = [1, 2, 3].map((value) => stateOf(backend, value, value))
    states[1]!.write(floats(8, 9))
    states[0]!.release()
    const late = stateOf(backend, 4, 4)
    found.expect('the second state', await states[1]!.read(), 8, 9)
    found.expect('the third state', await states[2]!.read(), 3, 3)
    found.expect('a state created after a release', await late.read(), 4, 4)
  }),

  contractTest('executables share states', async (backend, found) => {
    const total = stateOf(backend, 1, 1, 1)
    const [add, addAgain] = [backend.prepare(accumulation(3), [total]), backend.prepare(accumulation(3), [total])]
    found.expect('the first', await first(add, floats(1, 2, 3)), 2, 3, 4)
    found.expect('the other', await first(addAgain, floats(10, 10, 10)), 12, 13, 14)
    add.release()
    found.expect('the other, the first being released', await first(addAgain, floats(1, 1, 1)), 13, 14, 15)
    addAgain.release()
    found.expect('the state, both being released', await total.read(), 13, 14, 15)
  }),

  contractTest('one program runs with several bindings of its states', async (backend, found) => {
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

  contractTest('states are bound in order', async (backend, found) => {
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
]
