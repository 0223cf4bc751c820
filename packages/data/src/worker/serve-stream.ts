import type { Cursor } from '../streams/cursor.ts'
import type { Stream } from '../streams/stream.ts'
import { type MessagePort, parentThread } from './environment.ts'
import type { WorkerReply, WorkerRequest } from './messages.ts'
import { packError } from './sent-error.ts'
import { pack } from './transfer.ts'

/** Makes the stream that a worker serves. */
export type ServeStream<Argument, Item> = (argument: Argument) => Stream<Item> | Promise<Stream<Item>>

/** What a module that serves a stream exports, so that its user knows the types. */
export interface ServedStream<Argument, Item> {
  readonly create: ServeStream<Argument, Item>
}

/**
 * Serves a stream to the thread that started this worker with `workerStream`. A module of its own does nothing but this:
 *
 *     // digits.worker.ts
 *     export default serveStream((folder: string) => batches(augmentImages(…), { batchSize: 64, shuffle: true }))
 *
 * @throws Error if this thread is no worker.
 */
export function serveStream<Argument, Item>(create: ServeStream<Argument, Item>): ServedStream<Argument, Item> {
  const server = new StreamServer(create, parentThread())
  server.listen()
  return { create }
}

class StreamServer<Argument, Item> {
  readonly #create: ServeStream<Argument, Item>
  readonly #port: MessagePort
  readonly #walks = new Map<number, ServedWalk<Item>>()
  #stream: Promise<Stream<Item>> | undefined

  constructor(create: ServeStream<Argument, Item>, port: MessagePort) {
    this.#create = create
    this.#port = port
  }

  listen(): void {
    this.#port.listen((message) => this.#meet(message as WorkerRequest))
    this.#port.post({ kind: 'ready' } satisfies WorkerReply)
  }

  #meet(request: WorkerRequest): void {
    switch (request.kind) {
      case 'start':
        this.#stream = (async () => this.#create(request.argument as Argument))()
        // Every walk meets the failure.
        this.#stream.catch(() => {})
        return
      case 'open': {
        const { walk, epoch, at, items } = request
        const cursor = this.#stream!.then((stream) => stream.openAt({ epoch, at }))
        const served = new ServedWalk(cursor, walk, this.#port)
        this.#walks.set(walk, served)
        served.give(items)
        return
      }
      case 'more':
        this.#walks.get(request.walk)?.give(1)
        return
      case 'close':
        void this.#walks.get(request.walk)?.close()
        this.#walks.delete(request.walk)
    }
  }
}

/** One walk: gives items, one after the other, as many as are asked for. */
class ServedWalk<Item> {
  readonly #cursor: Promise<Cursor<Item>>
  readonly #walk: number
  readonly #port: MessagePort
  #work: Promise<void>
  #isOver = false

  constructor(cursor: Promise<Cursor<Item>>, walk: number, port: MessagePort) {
    this.#cursor = cursor
    this.#walk = walk
    this.#port = port
    this.#work = this.#attempt(async () => this.#reply({ kind: 'opened', walk, at: (await cursor).state() }))
  }

  give(items: number): void {
    for (let i = 0; i < items; i++) this.#work = this.#work.then(() => this.#attempt(() => this.#giveOne()))
  }

  async close(): Promise<void> {
    this.#isOver = true
    await this.#work
    await this.#cursor.then((cursor) => cursor.close()).catch(() => {})
    this.#reply({ kind: 'closed', walk: this.#walk })
  }

  async #giveOne(): Promise<void> {
    const cursor = await this.#cursor
    const result = await cursor.next()
    const at = cursor.state()
    if (result.done) {
      this.#isOver = true
      this.#reply({ kind: 'end', walk: this.#walk, at })
      return
    }
    const { content, transfer } = await pack(result.value)
    this.#reply({ kind: 'item', walk: this.#walk, item: content, at }, transfer)
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    if (this.#isOver) return
    try {
      await work()
    } catch (error) {
      this.#isOver = true
      this.#reply({ kind: 'error', walk: this.#walk, error: packError(error) })
    }
  }

  #reply(reply: WorkerReply, transfer?: readonly ArrayBuffer[]): void {
    this.#port.post(reply, transfer)
  }
}
