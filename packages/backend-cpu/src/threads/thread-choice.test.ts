import { expect, test } from 'vitest'
import { ThreadChoice } from './thread-choice.ts'

/** How many of these runs all threads do, if they and one take so long. */
function sharedRuns(choice: ThreadChoice, runs: number, { shared, alone }: { shared: number; alone: number }): number {
  let count = 0
  for (let run = 0; run < runs; run++) {
    const { isShared } = choice
    if (isShared) count++
    // The first one is slow.
    choice.took((isShared ? shared : alone) + (run === 0 ? 100 : 0))
  }
  return count
}

test('threads that are faster do nearly all runs', () => {
  expect(sharedRuns(new ThreadChoice(), 3000, { shared: 1, alone: 1.9 })).toBeGreaterThan(2950)
})

test('threads that are slower do few', () => {
  expect(sharedRuns(new ThreadChoice(), 3000, { shared: 1.2, alone: 1 })).toBeLessThan(100)
})

test('where they make no difference they stay', () => {
  expect(sharedRuns(new ThreadChoice(), 3000, { shared: 1, alone: 1 })).toBeGreaterThan(2950)
})

test('what changes is noticed', () => {
  const choice = new ThreadChoice()
  expect(sharedRuns(choice, 1000, { shared: 2, alone: 1 })).toBeLessThan(50)
  sharedRuns(choice, 200, { shared: 0.5, alone: 1 })
  expect(sharedRuns(choice, 1000, { shared: 0.5, alone: 1 })).toBeGreaterThan(980)
})

test('threads that become slower than one was are noticed at once', () => {
  const choice = new ThreadChoice()
  expect(sharedRuns(choice, 1000, { shared: 0.5, alone: 1 })).toBeGreaterThan(970)
  expect(sharedRuns(choice, 100, { shared: 1.2, alone: 1 })).toBeLessThan(12)
})

test('a machine that becomes slower altogether changes nothing', () => {
  const choice = new ThreadChoice()
  sharedRuns(choice, 1000, { shared: 0.5, alone: 1 })
  expect(sharedRuns(choice, 1000, { shared: 1.2, alone: 2.4 })).toBeGreaterThan(980)
})

test('threads that are fast only now and then do few', () => {
  const choice = new ThreadChoice()
  let shared = 0
  for (let run = 0; run < 3000; run++) {
    if (choice.isShared) choice.took(shared++ % 3 === 0 ? 0.5 : 3)
    else choice.took(1)
  }
  expect(shared).toBeLessThan(100)
})
