import { type Cursor, ended, type Json, type Place } from '../streams/cursor.ts'
import { Stream } from '../streams/stream.ts'
import { type NodeWorker, type RunningWorker, startWorker } from './environment.ts'
import type { WorkerReply, WorkerRequest } from './messages.ts'
import { unpackError } from './sent-error.ts'
import type { ServedStream } from './serve-stream.ts'
import { unpack } from './transfer.ts'

export interface WorkerStreamOptions<Argument = unknown> {
  /** What the worker's function gets: anything that `structuredClone` copies. */
  readonly argument?: Argument
  /** Items made before they are asked for, at most: 4 if not given. */
  readonly ahead?: number
  /** Milliseconds in which the module must have called `serveStream`; 60,000 if not given. */
  readonly startTimeout?: number
}

// biome-ignore lint/suspicious/noExplicitAny: any served stream.
type AnyServed = ServedStream<any, any>
type ArgumentOf<Served extends AnyServed> = Served extends ServedStream<infer Argument, unknown> ? Argument : never
type ItemOf<Served extends AnyServed> = Served extends ServedStream<never, infer Item> ? Item : never

/** A stream whose items a worker makes. */
export class WorkerStream<Item> extends Stream<Item> {
  readonly #connect: WorkerConnection

  /** @internal */
  constructor(connection: WorkerConnection, ahead: number) {
    super((place) => connection.open<Item>(place, ahead))
    this.#connect = connection
  }

  /** Ends the worker now. It starts again if there is another walk. A process ends without this: an idle worker does not hold it. */
  terminate(): Promise<void> {
    return this.#connect.terminate()
  }
}

/**
 * The stream that a module serves with `serveStream`, made in a worker while this thread trains. Tensors and typed arrays come over without being
 * copied between the threads; errors, bad rows with file and line among them, come to whoever walks. State and resuming are those of the served stream.
 *
 *     const digits = workerStream<typeof import('./digits.worker.ts').default>(
 *       () => new Worker(new URL('./digits.worker.js', import.meta.url), { type: 'module' }),   // so that bundlers find it
 *       { argument: 'digits/' },
 *     )
 *     for await (const [images, labels] of digits) …
 *
 * On Node an address is enough: `workerStream(new URL('./digits.worker.js', import.meta.url))`. The worker starts with the first walk and is kept for the next.
 * @throws RangeError if `ahead` is no positive integer.
 */
export function workerStream<Served extends AnyServed = ServedStream<unknown, unknown>>(
  worker: URL | (() => Worker | NodeWorker),
  options: WorkerStreamOptions<ArgumentOf<Served>> = {},
): WorkerStream<ItemOf<Served>> {
  const { ahead = 4, startTimeout = 60_000, argument } = options
  if (!Number.isSafeInteger(ahead) || ahead < 1)
    throw new RangeError(`workerStream: ahead must be a positive integer; got ${ahead}.`)
  return new WorkerStream(new WorkerConnection(worker, argument, startTimeout), ahead)
}

/** A worker and the walks in it. */
class WorkerConnection {
  readonly #source: URL | (() => Worker | NodeWorker)
  readonly #argument: unknown
  readonly #startTimeout: number
  readonly #walks = new Map<number, WorkerWalk<unknown>>()
  #worker: RunningWorker | undefined
  #unsent: WorkerRequest[] | undefined
  #startTimer: ReturnType<typeof setTimeout> | undefined
  #walksOpened = 0
  #waiting = 0

  constructor(source: URL | (() => Worker | NodeWorker), argument: unknown, startTimeout: number) {
    this.#source = source
    this.#argument = argument
    this.#startTimeout = startTimeout
  }

  async open<Item>({ epoch, at = null }: Place, ahead: number): Promise<Cursor<Item>> {
    this.#worker ??= this.#start()
    const number = this.#walksOpened++
    const walk = new WorkerWalk<Item>(number, this)
    this.#walks.set(number, walk as WorkerWalk<unknown>)
    this.post({ kind: 'open', walk: number, epoch, at, items: ahead + 1 })
    await walk.opened()
    return walk
  }

  /** Sends it once the worker listens: what comes earlier could be lost. */
  post(request: WorkerRequest): void {
    if (this.#unsent === undefined) this.#worker?.post(request)
    else this.#unsent.push(request)
  }

  forget(walk: number): void {
    this.#walks.delete(walk)
  }

  /** The process waits for the worker as long as somebody waits for an item. */
  async holdWhile<Result>(waiting: Promise<Result>): Promise<Result> {
    const worker = this.#worker
    if (this.#waiting++ === 0) worker?.hold(true)
    try {
      return await waiting
    } finally {
      if (--this.#waiting === 0) worker?.hold(false)
    }
  }

  async terminate(): Promise<void> {
    const worker = this.#worker
    this.#fail(worker, 'has been terminated')
    await worker?.terminate()
  }

  #start(): RunningWorker {
    const worker = startWorker(typeof this.#source === 'function' ? this.#source() : this.#source)
    this.#unsent = [{ kind: 'start', argument: this.#argument }]
    this.#startTimer = setTimeout(() => {
      this.#fail(worker, `has not called serveStream within ${this.#startTimeout} ms`)
      void worker.terminate()
    }, this.#startTimeout)
    worker.listen((message) => {
      const reply = message as WorkerReply
      if (reply.kind !== 'ready') this.#walks.get(reply.walk)?.meet(reply)
      else if (this.#worker === worker) this.#sendAll(worker)
    })
    worker.onEnd((reason, cause) => this.#fail(worker, reason, cause))
    return worker
  }

  #sendAll(worker: RunningWorker): void {
    clearTimeout(this.#startTimer)
    const requests = this.#unsent ?? []
    this.#unsent = undefined
    try {
      for (const request of requests) worker.post(request)
    } catch (cause) {
      // The argument is not one that can be copied.
      this.#fail(worker, `cannot be given its argument: ${(cause as Error).message}`, cause)
      void worker.terminate()
    }
  }

  #fail(worker: RunningWorker | undefined, reason: string, cause?: unknown): void {
    if (worker === undefined || this.#worker !== worker) return
    this.#worker = undefined
    clearTimeout(this.#startTimer)
    const error = new Error(`workerStream: the worker ${reason}.`, { cause })
    for (const walk of this.#walks.values()) walk.fail(error)
    this.#walks.clear()
  }
}

type Arrived<Item> = { readonly result: IteratorResult<Item, undefined>; readonly at: Json } | { readonly error: Error }

/** A walk, seen from this side: what has arrived, and who waits for it. */
class WorkerWalk<Item> implements Cursor<Item> {
  readonly #number: number
  readonly #connection: WorkerConnection
  readonly #arrived: Arrived<Item>[] = []
  #at: Json = null
  #isOver = false
  #wake: () => void = () => {}
  #isOpened = false
  #isClosed = false

  constructor(number: number, connection: WorkerConnection) {
    this.#number = number
    this.#connection = connection
  }

  meet(reply: Exclude<WorkerReply, { readonly kind: 'ready' }>): void {
    switch (reply.kind) {
      case 'opened':
        this.#at = reply.at
        this.#isOpened = true
        break
      case 'item':
        this.#arrived.push({ result: { done: false, value: unpack(reply.item) as Item }, at: reply.at })
        break
      case 'end':
        this.#arrived.push({ result: ended, at: reply.at })
        break
      case 'error':
        this.#arrived.push({ error: unpackError(reply.error) })
        break
      case 'closed':
        this.#isClosed = true
    }
    this.#wake()
  }

  fail(error: Error): void {
    this.#arrived.push({ error })
    this.#isClosed = true
    this.#wake()
  }

  async opened(): Promise<void> {
    await this.#waitUntil(() => this.#isOpened || this.#arrived.length > 0)
  }

  async next(): Promise<IteratorResult<Item, undefined>> {
    if (this.#isOver) return ended
    await this.#waitUntil(() => this.#arrived.length > 0)
    const arrived = this.#arrived.shift()!
    if ('error' in arrived) {
      this.#isOver = true
      throw arrived.error
    }
    this.#at = arrived.at
    if (arrived.result.done) this.#isOver = true
    else this.#connection.post({ kind: 'more', walk: this.#number })
    return arrived.result
  }

  state(): Json {
    return this.#at
  }

  async close(): Promise<void> {
    if (!this.#isClosed) {
      this.#connection.post({ kind: 'close', walk: this.#number })
      await this.#waitUntil(() => this.#isClosed)
    }
    this.#connection.forget(this.#number)
  }

  async #waitUntil(isMet: () => boolean): Promise<void> {
    while (!isMet())
      await this.#connection.holdWhile(
        new Promise<void>((resolve) => {
          this.#wake = resolve
        }),
      )
  }
}
