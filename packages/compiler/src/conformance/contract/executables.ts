// Programs and executables side by side.

import { describeKernels, writeProgram } from '../../kernel/index.ts'
import type { ConformanceTest } from '../conformance-test.ts'
import { accumulation, doubling, lookUp } from './contract-programs.ts'
import { contractTest, first, floats, stateOf } from './findings.ts'

export const executableTests: readonly ConformanceTest[] = [
  contractTest('a backend has a name and describes each kernel', async (backend, found) => {
    found.expectThat(backend.name.length > 0, 'the name is empty')
    const texts = describeKernels(backend, lookUp())
    found.expectThat(texts.length === 2, `describe gives ${texts.length} texts for 2 kernels`)
    found.expectThat(
      texts.every((text) => text.trim().length > 0),
      'describe gives an empty text',
    )
  }),

  contractTest('executables of different sizes do not disturb one another', async (backend, found) => {
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

  contractTest('what was made before memory had to grow works afterwards', async (backend, found) => {
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

  contractTest('a program is prepared and released hundreds of times', async (backend, found) => {
    const total = stateOf(backend, 0)
    const program = accumulation(1)
    for (let i = 0; i < 300; i++) {
      const executable = backend.prepare(program, [total])
      await executable.run([floats(1)])
      executable.release()
    }
    found.expect('the state', await total.read(), 300)
  }),

  contractTest('a program may be frozen, and may be empty', async (backend, found) => {
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
