import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RandomStream } from '../random/random-stream.ts'
import { Stream } from './stream.ts'

const counting = (length: number): Stream<number> => Stream.from(Array.from({ length }, (_, i) => i))

/** The items that come after the one at which the state is saved, by a new stream. */
async function resumeAfter<Item>(build: () => Stream<Item>, count: number): Promise<{ rest: Item[]; next: Item[] }> {
  const first = build()
  let saved = JSON.stringify(first.state())
  let seen = 0
  for await (const _ of count > 0 ? first : []) {
    if (++seen < count) continue
    saved = JSON.stringify(first.state())
    break
  }
  const second = build().resume(JSON.parse(saved))
  return { rest: await second.toArray(), next: await second.toArray() }
}

/** Every step, drawn at random: what it is called, and what it does. */
const step = fc.oneof(
  fc.record({ window: fc.integer({ min: 1, max: 12 }), seed: fc.nat() }).map((options) => ({
    name: `shuffle(${options.window})`,
    apply: (stream: Stream<number>) => stream.shuffle(options),
  })),
  fc.nat(3).map((divisor) => ({
    name: `filter(% ${divisor + 2})`,
    apply: (stream: Stream<number>) => stream.filter((n) => n % (divisor + 2) !== 0),
  })),
  fc.integer({ min: 1, max: 4 }).map((concurrency) => ({
    name: `map(concurrency ${concurrency})`,
    apply: (stream: Stream<number>) =>
      stream.map(
        async (n, { epoch, index }) => {
          await new Promise((resolve) => queueMicrotask(() => resolve(undefined)))
          return n + new RandomStream(epoch, index).below(1000)
        },
        { concurrency },
      ),
  })),
  fc.nat(30).map((count) => ({ name: `take(${count})`, apply: (stream: Stream<number>) => stream.take(count) })),
  fc.nat(5).map((count) => ({ name: `skip(${count})`, apply: (stream: Stream<number>) => stream.skip(count) })),
  fc.integer({ min: 1, max: 5 }).map((count) => ({
    name: `prefetch(${count})`,
    apply: (stream: Stream<number>) => stream.prefetch(count),
  })),
  fc.nat(3).map((times) => ({ name: `repeat(${times})`, apply: (stream: Stream<number>) => stream.repeat(times) })),
  fc.boolean().map((dropLast) => ({
    name: `batch(3).flatMap`,
    apply: (stream: Stream<number>) => stream.batch(3, { dropLast }).flatMap((batch) => [...batch]),
  })),
  fc.constant({
    name: 'concatenate',
    apply: (stream: Stream<number>) =>
      stream.concatenate(
        counting(4),
        stream.map((n) => -n),
      ),
  }),
  fc.constant({
    name: 'zip',
    apply: (stream: Stream<number>) => stream.zip(counting(100)).map(([a, b]) => 1000 * a + b),
  }),
)

test('a stream of any steps, resumed after any item, goes on with exactly the items and epochs that would have come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(25), fc.array(step, { maxLength: 4 }), fc.nat(60), async (length, steps, count) => {
      const build = (): Stream<number> => steps.reduce((stream, { apply }) => apply(stream), counting(length))
      const whole = build()
      const [first, second] = [await whole.toArray(), await whole.toArray()]
      if (first.length > 5000) return
      const { rest, next } = await resumeAfter(build, count)
      if (count <= first.length) {
        expect(rest).toEqual(first.slice(count))
        expect(next).toEqual(second)
      }
    }),
    { numRuns: 400 },
  )
})

test('resuming again and again, after every single item, gives the whole', async () => {
  const build = () =>
    counting(20)
      .shuffle({ window: 7, seed: 3 })
      .filter((n) => n % 5 !== 0)
      .batch(3)
      .prefetch(2)
  const pieces: (readonly number[])[] = []
  let state = build().state()
  for (;;) {
    const stream = build().resume(JSON.parse(JSON.stringify(state)))
    const { value, done } = await stream[Symbol.asyncIterator]().next()
    if (done) break
    pieces.push(value)
    state = stream.state()
  }
  expect(pieces).toEqual(await build().toArray())
})

test('after the last item and the end of the walk the state is the next epoch', async () => {
  const stream = counting(3).shuffle({ window: 3 })
  await stream.toArray()
  expect(stream.state()).toEqual({ epoch: 1, at: null })
  const resumed = counting(3).shuffle({ window: 3 }).resume(stream.state())
  expect(await resumed.toArray()).toEqual(await stream.toArray())
})

test('a state of another stream is an error that says what was saved', async () => {
  const stream = counting(9).shuffle({ window: 3 })
  await stream[Symbol.asyncIterator]().next()
  const other = counting(9).take(4).resume(stream.state())
  await expect(other.toArray()).rejects.toThrow('the stream has take where the saved one has shuffle')
  expect(() => counting(1).resume({} as never)).toThrow('resume: expected { epoch, at }')
  const shorter = counting(2).resume({ epoch: 0, at: { items: { position: 5 } } })
  await expect(shorter.toArray()).rejects.toThrow('item 5 is to come next, but the source has only 2')
})

describe('shuffle', () => {
  test('gives every item once, in another order in every epoch', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.integer({ min: 1, max: 50 }), async (length, window) => {
        const shuffled = await counting(length).shuffle({ window }).toArray()
        expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i))
      }),
      { numRuns: 40 },
    )
    const stream = counting(30).shuffle({ window: 10 })
    expect(await stream.toArray()).not.toEqual(await stream.toArray())
  })

  test('no item comes more than a window early', async () => {
    const shuffled = await counting(200).shuffle({ window: 10, seed: 4 }).toArray()
    shuffled.forEach((item, at) => {
      expect(item).toBeLessThan(at + 10)
    })
  })

  test('a window of all items makes every order equally likely', async () => {
    const counts = new Map<string, number>()
    const stream = counting(3).shuffle({ window: 3 })
    for (let epoch = 0; epoch < 1200; epoch++) {
      const order = (await stream.toArray()).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    // χ² with 5 degrees of freedom is below 20.5 with probability 0.999.
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0)
    expect(chiSquared).toBeLessThan(20.5)
  })
})

test('steps do what their names say', async () => {
  expect(await counting(7).batch(3).toArray()).toEqual([[0, 1, 2], [3, 4, 5], [6]])
  expect(await counting(7).batch(3, { dropLast: true }).toArray()).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ])
  expect(await counting(5).skip(1).take(3).toArray()).toEqual([1, 2, 3])
  expect(await counting(2).concatenate(counting(1), counting(2)).toArray()).toEqual([0, 1, 0, 0, 1])
  expect(await counting(2).zip(counting(9)).toArray()).toEqual([
    [0, 0],
    [1, 1],
  ])
  expect(await counting(2).repeat(2).toArray()).toEqual([0, 1, 0, 1])
  expect(await counting(2).repeat().take(5).toArray()).toEqual([0, 1, 0, 1, 0])
  expect(await counting(0).repeat().toArray()).toEqual([])
  expect(
    await counting(3)
      .flatMap((n) => new Array<number>(n).fill(n))
      .toArray(),
  ).toEqual([1, 2, 2])
})

test('the length is known where it can be', () => {
  const ten = counting(10)
  expect(ten.map(String).length).toBe(10)
  expect([ten.batch(3).length, ten.batch(3, { dropLast: true }).length]).toEqual([4, 3])
  expect([ten.take(3).length, ten.skip(4).length, ten.take(30).length, ten.skip(40).length]).toEqual([3, 6, 10, 0])
  expect([ten.repeat(3).length, ten.repeat().length]).toEqual([30, undefined])
  expect([ten.concatenate(ten, ten).length, ten.zip(counting(4)).length]).toEqual([30, 4])
  expect([ten.concatenate(ten.filter(() => true)).length, ten.filter(() => true).batch(2).length]).toEqual([
    undefined,
    undefined,
  ])
  expect(counting(0).batch(3).length).toBe(0)
})

test('what a repeat shuffles is another order in every round, and resumes there', async () => {
  const build = () => counting(8).shuffle({ window: 8 }).repeat(2)
  const all = await build().toArray()
  expect(all.slice(0, 8)).not.toEqual(all.slice(8))
  expect((await resumeAfter(build, 11)).rest).toEqual(all.slice(11))
})

test('prefetch fetches ahead of the consumer, never more than its count, and in order', async () => {
  const fetched: number[] = []
  const stream = counting(10).map((n) => {
    fetched.push(n)
    return n
  })
  const iterator = stream.prefetch(3)[Symbol.asyncIterator]()
  expect((await iterator.next()).value).toBe(0)
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(fetched).toEqual([0, 1, 2, 3])
  await iterator.return(undefined)
  expect(fetched).toEqual([0, 1, 2, 3])
})

test('map with concurrency has that many under way, and keeps their order', async () => {
  let underWay = 0
  let most = 0
  const stream = counting(12).map(
    async (n) => {
      most = Math.max(most, ++underWay)
      await new Promise((resolve) => setTimeout(resolve, (n % 3) + 1))
      underWay--
      return n
    },
    { concurrency: 4 },
  )
  expect(await stream.toArray()).toEqual(await counting(12).toArray())
  expect(most).toBe(4)
})

test('an error of a step comes to the consumer at its item, and the source is closed', async () => {
  let closed = 0
  const source = async function* () {
    try {
      for (let i = 0; ; i++) yield i
    } finally {
      closed++
    }
  }
  const failing = (build: (stream: Stream<number>) => Stream<number>) =>
    build(
      Stream.from(source).map((n) => {
        if (n === 3) throw new Error('three')
        return n
      }),
    )
  for (const stream of [failing((s) => s), failing((s) => s.prefetch(5)), failing((s) => s.shuffle({ window: 1 }))]) {
    const seen: number[] = []
    await expect(
      (async () => {
        for await (const item of stream) seen.push(item)
      })(),
    ).rejects.toThrow('three')
    expect(seen).toEqual([0, 1, 2])
  }
  expect(closed).toBe(3)
})

test('a walk that is left closes the source', async () => {
  let closed = 0
  const stream = Stream.from(function* () {
    try {
      for (let i = 0; ; i++) yield i
    } finally {
      closed++
    }
  })
  for (const of of [
    stream.prefetch(3),
    stream.concatenate(stream),
    stream.repeat(2),
    stream.zip(stream),
    stream.take(9),
  ]) {
    closed = 0
    for await (const _ of of) break
    expect(closed).toBeGreaterThan(0)
  }
})

test('walking through an iterator twice is an error, not silence', async () => {
  const once = Stream.from([1, 2][Symbol.iterator]())
  expect(await once.toArray()).toEqual([1, 2])
  await expect(once.toArray()).rejects.toThrow('the source is an iterator, which can be walked through once')
})

test('an epoch by its number is the one that a walk would have had', async () => {
  const stream = counting(12).shuffle({ window: 4 })
  const second: number[] = []
  for await (const item of stream.epoch(1)) second.push(item)
  await stream.toArray()
  expect(await stream.toArray()).toEqual(second)
})

test('counts that make no sense are errors that show them', () => {
  expect(() => counting(3).batch(0)).toThrow('batch: size must be an integer of at least 1; got 0')
  expect(() => counting(3).shuffle({ window: 0.5 })).toThrow('shuffle: window')
  expect(() => counting(3).take(-1)).toThrow('take: count')
  expect(() => counting(3).repeat(Number.NaN)).toThrow('repeat: times')
  expect(() => counting(3).prefetch(0)).toThrow('prefetch: count')
  expect(() => counting(3).map((n) => n, { concurrency: 0 })).toThrow('map: concurrency')
})
