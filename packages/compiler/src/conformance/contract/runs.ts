// One run after the other: inputs, outputs, faults.

import { constantScalar, storeTo, writeProgram } from '../../kernel/index.ts'
import type { ConformanceTest } from '../conformance-test.ts'
import { affine, loopKernel } from '../write-case.ts'
import { accumulation, doubling, lookUp } from './contract-programs.ts'
import { contractTest, failure, first, floats, stateOf } from './findings.ts'

export const runTests: readonly ConformanceTest[] = [
  contractTest('a run gives the same again, and states carry over', async (backend, found) => {
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

  contractTest('inputs are copied before run returns', async (backend, found) => {
    const twice = backend.prepare(doubling(3), [])
    const inputs = floats(1, 2, 3)
    const pending = twice.run([inputs])
    inputs.fill(Number.NaN)
    found.expect('the result', (await pending)[0]!, 2, 4, 6)
  }),

  contractTest('outputs are fresh', async (backend, found) => {
    const twice = backend.prepare(doubling(3), [])
    const before = await first(twice, floats(1, 2, 3))
    const after = await first(twice, floats(4, 5, 6))
    found.expect('the first result after the second run', before, 2, 4, 6)
    before.fill(-1)
    found.expect('the second result after the first was overwritten', after, 8, 10, 12)
    found.expect('the third result', await first(twice, floats(4, 5, 6)), 8, 10, 12)
  }),

  contractTest('an output that is listed twice comes as two arrays', async (backend, found) => {
    const program = doubling(2)
    const executable = backend.prepare({ ...program, outputs: [1, 1] }, [])
    const [one, other] = await executable.run([floats(1, 2)])
    one!.fill(0)
    found.expect('the second', other!, 2, 4)
  }),

  contractTest('outputs come in the order of the list', async (backend, found) => {
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

  contractTest('runs that overlap happen in the order in which they were started', async (backend, found) => {
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

  contractTest(
    'a fault rejects the run with its message, what follows runs, and the next run is well',
    async (backend, found) => {
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
    },
  ),

  contractTest('runSync, where there is one, does the same at once', async (backend, found) => {
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
]
