import { expect, test } from 'vitest'
import type { Library, Result, Task } from '../libraries/library.ts'
import type { Workload } from '../workloads/workload.ts'
import { xorStep } from '../workloads/xor-step.ts'
import { checkedTimes } from './checked-times.ts'
import { DisagreementError } from './outcome.ts'

const plan = { warmUp: 0, sample: 0.1, rounds: 3, longest: 100, checking: 1000, slowestRun: 1000, slowRuns: true }
const workload: Workload = { name: 'w', summary: '', make: xorStep.make, checkedRuns: 2, tolerance: 1e-3 }

/** A library whose runs give these results, and then the last one again and again. */
function library(...results: readonly Result[]) {
  const log = { runs: 0, closed: 0 }
  const opened: Library = {
    threads: 1,
    version: '1',
    prepare: () => ({ run: () => results[Math.min(log.runs++, results.length - 1)]!, close: () => void log.closed++ }),
  }
  return { log, contestant: { name: 'library', library: opened } }
}

test('libraries with the same losses are timed', async () => {
  const [a, b] = [library(2, 1), library(2.0001, 1.0001)]
  const { outcomes } = await checkedTimes(workload, [a.contestant, b.contestant], plan)
  expect(outcomes).toEqual([expect.any(Array), expect.any(Array)])
  expect(outcomes.map((outcome) => (outcome as readonly number[]).length)).toEqual([3, 3])
  expect([a.log.closed, b.log.closed]).toEqual([1, 1])
})

test('one with another loss is not', async () => {
  const [a, b] = [library(2, 1), library(2, 1.1)]
  const { outcomes } = await checkedTimes(workload, [a.contestant, b.contestant], plan)
  expect(outcomes).toEqual([expect.any(Array), new DisagreementError('results differ, run 2: 1.1 instead of 1')])
  expect(b.log).toEqual({ runs: 2, closed: 1 })
})

test('the loss that is known decides, even if the libraries agree with each other', async () => {
  const [a, b] = [library(2, 1), library(2, 1)]
  const { outcomes } = await checkedTimes({ ...workload, knownLosses: { 2: 1.5 } }, [a.contestant, b.contestant], plan)
  const difference = new DisagreementError('results differ, run 2: 1 instead of 1.5')
  expect(outcomes).toEqual([difference, difference])
})

test('one that says that its work is another is timed with other losses, and sets no standard', async () => {
  const [a, b] = [library(3, 3), library(2, 1)]
  const prepare = () => ({ ...a.contestant.library.prepare(xorStep.make()), differs: 'no Adam' }) as Task
  const other = { name: 'other', library: { ...a.contestant.library, prepare } }
  const { outcomes, differences } = await checkedTimes(workload, [other, b.contestant], plan)
  expect(outcomes).toEqual([expect.any(Array), expect.any(Array)])
  expect(differences).toEqual(['no Adam', undefined])
})

test('one that is too slow is not timed', async () => {
  const fast = library(2)
  const slow = { ...fast.contestant.library, prepare: () => ({ run: () => later(2), close() {} }) }
  const contestants = [{ name: 'slow', library: slow }, fast.contestant]
  const { outcomes } = await checkedTimes({ ...workload, checkedRuns: 1 }, contestants, { ...plan, slowestRun: 10 })
  expect(outcomes[0]).toMatchObject({
    message: expect.stringMatching(/^a run takes 0\.0\d+ s; what takes over 0\.01 s/),
  })
  expect(outcomes[1]).toEqual(expect.any(Array))
})

test('one that is known to be slow is run only if there is time', async () => {
  const [a, b] = [library(2), library(2)]
  const contestants = [a.contestant, { ...b.contestant, slowAt: ['w'] }]
  const { outcomes } = await checkedTimes({ ...workload, checkedRuns: 1 }, contestants, { ...plan, slowRuns: false })
  expect(outcomes[1]).toEqual(new Error('not run with --quick: a run takes seconds'))
  expect(b.log.runs).toBe(0)
  expect((await checkedTimes(workload, contestants, plan)).outcomes[1]).toEqual(expect.any(Array))
})

test('what does not start or throws is an outcome too', async () => {
  const notStarted = { name: 'a', library: new Error('no WebAssembly here') }
  const unable = { name: 'b', library: { ...library(1).contestant.library, prepare: () => throwing('no such layer') } }
  const { outcomes } = await checkedTimes(workload, [notStarted, unable, library(2, 1).contestant], plan)
  expect(outcomes).toEqual([new Error('no WebAssembly here'), new Error('no such layer'), expect.any(Array)])
})

function later(result: Result): Promise<Result> {
  return new Promise((resolve) => setTimeout(resolve, 30, result))
}

function throwing(message: string): never {
  throw new Error(message)
}
