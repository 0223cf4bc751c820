import { afterEach, describe, expect, test } from 'vitest'
import { abandoned, controlBlock, controlBlockEnd, threadWordsAddress } from './control-block.ts'
import { startWorkerHere } from './environment.ts'
import { ThreadPool } from './thread-pool.ts'
import { workerSource } from './worker-source.ts'

let pool: ThreadPool | undefined
afterEach(() => pool?.stop())

function start(source = workerSource, patience = 20): { pool: ThreadPool; memory: WebAssembly.Memory } {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true })
  pool = new ThreadPool({ memory, threads: 3, number: 1, startWorker: startWorkerHere()!, patience, source })
  return { pool, memory }
}

const noJob = { program: 1, arena: 0, description: 0, descriptionBytes: 0 }

/** Workers that run this when there is a job. */
function workersThat(act: string): string {
  return workerSource.replace(/status = programs\.get\(.*\)$/m, `{ ${act} }`)
}

/** What the first thread does: waits for the others, as modules do. */
function waitFor(memory: WebAssembly.Memory, isOver: (words: Int32Array) => boolean): void {
  const words = new Int32Array(memory.buffer)
  const end = Date.now() + 20_000
  while (!isOver(words)) if (Date.now() > end) throw new Error('the workers have done nothing')
}

test('words of the threads do not overlap', () => {
  const addresses = Array.from({ length: 64 }, (_, thread) => threadWordsAddress(thread))
  expect(addresses[0]).toBe(0)
  expect(Math.min(...addresses.slice(1))).toBeGreaterThanOrEqual(controlBlock.counters + 16 * 64)
  expect(addresses[63]! + 64).toBe(controlBlockEnd)
})

test('all threads run a job, each as itself, though the caller lets no event happen', () => {
  const { pool, memory } = start(
    workersThat('Atomics.add(new Int32Array(memory.buffer), 20000 + thread, word(at.arena))'),
  )
  waitFor(memory, () => pool.isReady)
  for (let round = 1; round <= 3; round++) {
    const status = pool.run({ ...noJob, arena: 7 }, (threads) => {
      waitFor(memory, (words) => words[20_001] === 7 * round && words[20_002] === 7 * round)
      return threads
    })
    expect(status).toBe(3)
  }
  expect(new Int32Array(memory.buffer)[20_000]).toBe(0)
})

describe('when a worker fails', () => {
  test('in a job, the run throws what it said, and the pool is stopped', () => {
    const { pool, memory } = start(workersThat("throw new RangeError('no room: ∅')"))
    waitFor(memory, () => pool.isReady)
    const run = (): number =>
      pool.run(noJob, () => {
        waitFor(memory, (words) => words[controlBlock.failure / 4] !== 0)
        return abandoned
      })
    expect(run).toThrow('a thread failed: RangeError: no room: ∅.')
    expect(pool.isReady).toBe(false)
    expect(pool.problem).toContain('no room')
  })

  test('at its start, the pool never becomes ready', async () => {
    const { pool } = start("throw new Error('nothing works')")
    await pool.settled()
    expect(pool.isReady).toBe(false)
    expect(pool.problem).toContain('nothing works')
  })

  test('by leaving, the pool is stopped', async () => {
    const { pool } = start('')
    await pool.settled()
    expect(pool.isReady).toBe(false)
    expect(pool.problem).toBe('it has ended.')
  })
})

test('what the caller throws reaches its caller, and the pool is stopped', () => {
  const { pool, memory } = start()
  waitFor(memory, () => pool.isReady)
  const fail = (): never => {
    throw new Error('unreachable')
  }
  expect(() => pool.run(noJob, fail)).toThrow(/^unreachable$/)
  expect(pool.isReady).toBe(false)
})

test('a pool that is stopped makes room for the next', () => {
  const { pool: first, memory } = start()
  waitFor(memory, () => first.isReady)
  first.stop()
  expect(first.isReady).toBe(false)
  pool = new ThreadPool({ memory, threads: 2, number: 2, startWorker: startWorkerHere()!, patience: 20 })
  const second = pool
  waitFor(memory, () => second.isReady)
  expect(first.problem).toBeUndefined()
})

test('where workers are refused there is no pool, and a reason', async () => {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true })
  const refuse = (): never => {
    throw new Error('worker-src forbids it')
  }
  pool = new ThreadPool({ memory, threads: 2, number: 1, startWorker: refuse, patience: 20 })
  await pool.settled()
  expect(pool.isReady).toBe(false)
  expect(pool.problem).toContain('worker-src forbids it')
})

describe('a pool in which the caller takes no part', () => {
  function startApart(source: string, patience = 20): { apart: ThreadPool; memory: WebAssembly.Memory } {
    const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true })
    const startWorker = startWorkerHere()!
    const apart = new ThreadPool({ memory, threads: 2, takesPart: false, number: 1, startWorker, patience, source })
    pool = apart
    return { apart, memory }
  }

  const counting = workersThat('Atomics.add(new Int32Array(memory.buffer), 20000 + thread, word(at.arena)); status = 5')

  test('does jobs that are awaited or waited for', async () => {
    const { apart, memory } = startApart(counting)
    await apart.settled()
    for (let round = 1; round <= 6; round++) {
      const job = apart.hand({ ...noJob, arena: 7 })
      if (round % 2 === 0) job.wait()
      else await job.over
      expect(job.status()).toBe(5)
      waitFor(memory, (words) => words[20_001] === 7 * round)
      expect(new Int32Array(memory.buffer)[20_000]).toBe(7 * round)
    }
  })

  test('is stopped when a worker fails, and says why', async () => {
    const { apart } = startApart(workersThat("throw new RangeError('no room')"))
    await apart.settled()
    const job = apart.hand(noJob)
    await job.over
    expect(() => job.status()).toThrow('a thread failed: RangeError: no room.')
    expect(apart.isReady).toBe(false)
  })

  test('is stopped when a worker dies', async () => {
    const { apart } = startApart(workersThat('process.exit(1)'))
    await apart.settled()
    const job = apart.hand(noJob)
    await job.over
    expect(() => job.status()).toThrow('the run could not be finished, because it has ended.')
    expect(apart.isReady).toBe(false)
  })

  test('is stopped when a worker is late', async () => {
    const { apart } = startApart(workersThat('for (;;);'), 0.2)
    await apart.settled()
    const job = apart.hand(noJob)
    job.wait()
    expect(() => job.status()).toThrow('a thread has not answered for 0.2 seconds')
  })
})
