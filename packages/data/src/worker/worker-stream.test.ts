import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Tensor } from '@neurite/tensor'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { BadRowError } from '../readers/bad-row-error.ts'
import type served from '../test/served-numbers.ts'
import { serveStream } from './serve-stream.ts'
import { pack, unpack } from './transfer.ts'
import { type WorkerStream, type WorkerStreamOptions, workerStream } from './worker-stream.ts'

// Threads take seconds to start on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const folder = mkdtempSync(join(tmpdir(), 'neurite-worker-'))
const address = pathToFileURL(join(folder, 'served-numbers.js'))
const library = pathToFileURL(join(folder, 'index.js'))

// Workers run on Node alone, which does not know TypeScript.
beforeAll(async () => {
  const bundle = await rolldown({
    input: {
      'served-numbers': join(import.meta.dirname, '../test/served-numbers.ts'),
      index: join(import.meta.dirname, '../index.ts'),
    },
    resolve: { conditionNames: ['@neurite/source', 'import'] },
    external: ['fast-png', 'jpeg-js', 'modern-tar'],
    platform: 'neutral',
  })
  await bundle.write({ dir: folder })
})
const streams: WorkerStream<unknown>[] = []
afterAll(async () => {
  for (const stream of streams) await stream.terminate()
  rmSync(folder, { recursive: true })
})

type Argument = NonNullable<WorkerStreamOptions<Parameters<typeof served.create>[0]>['argument']>

function serve(way: Argument['way'], count = 10, options: WorkerStreamOptions<Argument> = {}): WorkerStream<unknown> {
  const stream = workerStream<typeof served>(address, { argument: { way, count }, ...options })
  streams.push(stream)
  return stream
}

const shown = (items: readonly unknown[]): unknown[] =>
  (items as (readonly Tensor[])[]).map((fields) => fields.map((t) => [t.dtype, t.shape, [...t.dataSync()]]))

describe('a stream from a worker', () => {
  test('has the epochs of the stream that is served', async () => {
    const stream = serve('batches')
    const [first, second] = [shown(await stream.toArray()), shown(await stream.toArray())]
    expect(first).toHaveLength(4)
    const [integers, halves] = first[0] as [unknown[], unknown[]]
    expect([integers[0], integers[1], halves[0]]).toEqual(['int32', [3], 'float32'])
    expect(halves[2]).toEqual((integers[2] as number[]).map((n) => n / 2))
    expect(second).not.toEqual(first)
    expect(shown(await serve('batches').toArray())).toEqual(first)
  })

  test('resumes exactly after every item, whatever is made ahead', async () => {
    const whole = await serve('numbers').toArray()
    const [partly, stream] = [serve('numbers', 10, { ahead: 3 }), serve('numbers', 10, { ahead: 3 })]
    for (let count = 1; count <= 10; count++) {
      partly.resume({ epoch: 0, at: null })
      let seen = 0
      for await (const _ of partly) if (++seen === count) break
      const saved = JSON.parse(JSON.stringify(partly.state()))
      expect(await stream.resume(saved).toArray()).toEqual(whole.slice(count))
    }
  })

  test('gives lists, objects and typed arrays as they were', async () => {
    expect((await serve('mixed', 3).toArray())[2]).toEqual({
      ...{ n: 2, list: [Uint8Array.of(2, 2)], text: '2', on: true, date: new Date(2), none: null },
    })
  })

  test('can be walked several times at once, and by a worker of ones own', async () => {
    const stream = workerStream<typeof served>(() => new Worker(address), { argument: { way: 'numbers', count: 9 } })
    streams.push(stream)
    const [a, b] = await Promise.all([stream.toArray(), stream.toArray()])
    expect([...(a as number[])].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(b).not.toEqual(a)
  })
})

describe('errors', () => {
  test('of the stream come with file, line and column', async () => {
    const error = await serve('bad row')
      .toArray()
      .catch((error) => error)
    expect(error).toBeInstanceOf(BadRowError)
    expect(error).toMatchObject({ file: 'bad.csv', line: 3, column: 'a' })
    expect(error.message).toBe('bad.csv:3, column a: "x" is no number.')
  })

  test('of the function come at every walk', async () => {
    const stream = serve('bad start')
    for (let walk = 0; walk < 2; walk++) {
      const error = await stream.toArray().catch((error) => error)
      expect(error).toBeInstanceOf(RangeError)
      expect(error.message).toBe('no stream today')
    }
  })

  test('say what cannot cross', async () => {
    await expect(serve('function').toArray()).rejects.toThrow('could not be cloned')
    await expect(serve('numbers', 1, { argument: (() => {}) as never }).toArray()).rejects.toThrow(
      'cannot be given its argument',
    )
  })

  test('of the worker end the walk, and it starts anew for the next', async () => {
    await expect(serve('exit').toArray()).rejects.toThrow('workerStream: the worker has ended with code 3.')
    const stream = serve('throw later')
    await expect(stream.toArray()).rejects.toThrow('the worker has failed: outside of any walk')
    await expect(stream.take(2).toArray()).resolves.toEqual([0, 1])
  })

  test('say that a module is missing, serves nothing, or takes too long', async () => {
    const from = (source: string, options = {}): Promise<unknown[]> => {
      const file = join(folder, `${source.length}.mjs`)
      writeFileSync(file, source)
      return workerStream(pathToFileURL(file), options).toArray()
    }
    await expect(workerStream(pathToFileURL(join(folder, 'no.js'))).toArray()).rejects.toThrow('Cannot find module')
    await expect(from('export default 1')).rejects.toThrow('has ended with code 0')
    await expect(from('setInterval(() => {}, 1000)', { startTimeout: 100 })).rejects.toThrow(
      'has not called serveStream within 100 ms',
    )
    expect(() => workerStream(address, { ahead: 0 })).toThrow('ahead must be a positive integer; got 0')
    expect(() => serveStream(() => undefined as never)).toThrow('this is no worker')
  })

  test('terminating ends a walk with an error', async () => {
    const stream = serve('numbers')
    const walk = stream[Symbol.asyncIterator]()
    await walk.next()
    await stream.terminate()
    await expect(
      (async () => {
        while (!(await walk.next()).done);
      })(),
    ).rejects.toThrow('the worker has been terminated')
  })
})

test('a process ends though workers are idle or in the middle of a walk', () => {
  const program = `
    import { workerStream } from '${library}'
    const stream = workerStream(new URL('${address}'), { argument: { way: 'numbers', count: 100 } })
    const all = await stream.toArray()
    const walk = stream[Symbol.asyncIterator]()
    await walk.next()
    console.log(all.length)
  `
  const file = join(folder, 'program.mjs')
  writeFileSync(file, program)
  expect(execFileSync(process.execPath, [file], { encoding: 'utf8', timeout: 20_000 })).toBe('100\n')
})

test('what is packed gives its memory away, and is unpacked as it was', async () => {
  const kept = Uint8Array.of(1, 2, 3)
  const { content, transfer } = await pack({ kept, part: kept.subarray(1), deep: [[kept]] })
  expect(transfer).toHaveLength(3)
  expect(kept).toEqual(Uint8Array.of(1, 2, 3))
  expect(unpack(structuredClone(content, { transfer }))).toEqual({
    kept,
    part: Uint8Array.of(2, 3),
    deep: [[kept]],
  })
})
