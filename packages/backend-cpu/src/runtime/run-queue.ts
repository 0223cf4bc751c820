// Where this thread must not wait for others, such as in pages: work that it hands to them, and work that has to come before or after.

/** Work that other threads are doing. */
export interface HandedWork<Value> {
  /** Resolves when it is over, one way or the other. */
  readonly over: Promise<void>
  /** Waits for it without letting anything else happen. */
  wait(): void
  /** What came out; asked once, when it is over. */
  result(): Value
}

export interface Work<Value> {
  /** Hands it to other threads; undefined if they are of no use. */
  hand(): HandedWork<Value> | undefined
  /** Does it here, at once. */
  doAlone(): Value
}

/** Its value can be awaited, or demanded at once. */
export type Pending<Value> = { read(): Promise<Value>; readSync(): Value }

// Whoever starts more runs without letting the others' results arrive waits for them.
const mostWaiting = 32

/**
 * Does one piece of work after the other. What is asked for is handed to other threads when the caller has returned to the event loop, or awaits
 * it; if it demands the value before, all that waits is done at once, here.
 */
export class RunQueue {
  #waiting: Entry<unknown>[] = []
  #handed: Handed | undefined

  get isEmpty(): boolean {
    return this.#handed === undefined && this.#waiting.length === 0
  }

  add<Value>(work: Work<Value>): Pending<Value> {
    const entry = new Entry(work)
    this.#waiting.push(entry as Entry<unknown>)
    if (this.#waiting.length > mostWaiting) this.settle()
    else queueMicrotask(() => this.#advance())
    return {
      read: () => {
        this.#advance()
        return entry.value
      },
      readSync: () => {
        if (!entry.isOver) this.settle()
        return entry.valueNow()
      },
    }
  }

  /** Does all that waits, at once; waits for what other threads are doing. */
  settle(): void {
    if (this.#handed !== undefined) {
      this.#handed.work.wait()
      this.#finish(this.#handed)
    }
    for (let entry = this.#waiting.shift(); entry !== undefined; entry = this.#waiting.shift()) entry.doAlone()
  }

  /** Resolves when nothing is to be done. */
  async settled(): Promise<void> {
    while (!this.isEmpty) {
      this.#advance()
      await this.#handed?.work.over
    }
  }

  #advance(): void {
    while (this.#handed === undefined) {
      const entry = this.#waiting.shift()
      if (entry === undefined) return
      const work = entry.hand()
      if (work === undefined) continue
      const handed: Handed = { entry, work }
      this.#handed = handed
      void work.over.then(() => {
        // Otherwise somebody has waited for it.
        if (this.#handed !== handed) return
        this.#finish(handed)
        this.#advance()
      })
    }
  }

  #finish({ entry, work }: Handed): void {
    this.#handed = undefined
    entry.take(() => work.result())
  }
}

interface Handed {
  readonly entry: Entry<unknown>
  readonly work: HandedWork<unknown>
}

class Entry<Value> {
  readonly #work: Work<Value>
  readonly value: Promise<Value>
  #resolve!: (value: Value) => void
  #reject!: (error: unknown) => void
  #outcome: { readonly value: Value } | { readonly error: unknown } | undefined

  constructor(work: Work<Value>) {
    this.#work = work
    this.value = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Whoever awaits the value sees the failure; nobody else needs to.
    this.value.catch(() => {})
  }

  get isOver(): boolean {
    return this.#outcome !== undefined
  }

  valueNow(): Value {
    if ('error' in this.#outcome!) throw this.#outcome.error
    return this.#outcome!.value
  }

  /** Undefined if it is over, since other threads are of no use or an error came. */
  hand(): HandedWork<Value> | undefined {
    try {
      const handed = this.#work.hand()
      if (handed === undefined) this.doAlone()
      return handed
    } catch (error) {
      this.take(() => {
        throw error
      })
      return undefined
    }
  }

  doAlone(): void {
    this.take(() => this.#work.doAlone())
  }

  take(result: () => Value): void {
    try {
      const value = result()
      this.#outcome = { value }
      this.#resolve(value)
    } catch (error) {
      this.#outcome = { error }
      this.#reject(error)
    }
  }
}
