import { expect, test } from 'vitest'
import { type Plan, timeInterleaved } from './interleaved.ts'

const plan: Plan = { warmUp: 0, sample: 10, rounds: 4, longest: 1000 }

/** A clock that only the runs move, and a log of who ran. */
function simulation() {
  let time = 0
  let log = ''
  return {
    now: () => time,
    log: () => log,
    run: (name: string, milliseconds: (run: number) => number) => {
      let runs = 0
      return {
        run: () => {
          log += name
          time += milliseconds(++runs)
        },
      }
    },
  }
}

test('contestants take turns, with as many runs as fill a sample', async () => {
  const { now, log, run } = simulation()
  const samples = await timeInterleaved([run('A', () => 5), run('B', () => 20)], plan, now)
  expect(samples).toEqual([
    [5, 5, 5, 5],
    [20, 20, 20, 20],
  ])
  expect(log()).toBe(`AB${'AAB'.repeat(4)}`)
})

test('a slow contestant gets fewer rounds, but three, or one', async () => {
  const { now, run } = simulation()
  const [slow, verySlow, fast] = await timeInterleaved(
    [run('A', () => 300), run('B', () => 5000), run('C', () => 10)],
    { ...plan, rounds: 5 },
    now,
  )
  expect(slow).toHaveLength(3)
  expect(verySlow).toHaveLength(1)
  expect(fast).toHaveLength(5)
})

test('warming up does not count', async () => {
  const { now, run } = simulation()
  const [samples] = await timeInterleaved(
    [run('A', (count) => (count <= 2 ? 1000 : 10))],
    { ...plan, warmUp: 2005 },
    now,
  )
  expect(samples).toEqual([10, 10, 10, 10])
})

test('results that arrive later are waited for', async () => {
  const { now, run } = simulation()
  const work = run('A', () => 10)
  const later = () => new Promise<void>((resolve) => setImmediate(() => resolve(work.run())))
  expect(await timeInterleaved([{ run: later }], plan, now)).toEqual([[10, 10, 10, 10]])
})

test('one with a clock of its own is believed', async () => {
  const { now, run } = simulation()
  const work = run('A', () => 10)
  const timeOfRun = async (repetitions: number): Promise<number> => {
    for (let i = 0; i < repetitions; i++) work.run()
    return 9
  }
  expect(await timeInterleaved([{ ...work, timeOfRun }], plan, now)).toEqual([[9, 9, 9, 9]])
})

test('one that throws is left out from then on, and the others go on', async () => {
  const { now, run } = simulation()
  const work = run('A', () => 10)
  let runs = 0
  const failing = () => {
    if (++runs === 3) throw new Error('out of memory')
    work.run()
  }
  const outcomes = await timeInterleaved([{ run: failing }, run('B', () => 10)], plan, now)
  expect(outcomes).toEqual([new Error('out of memory'), [10, 10, 10, 10]])
  expect(runs).toBe(3)
})
