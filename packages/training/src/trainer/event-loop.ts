// Training at full speed would never let timers, signals and pages have a turn.

const longestWithoutTurn = 50

/** Gives the event loop a turn now and then: nothing most of the time, a promise when a turn is due. In milliseconds. */
export class EventLoopTurns {
  #last = performance.now()

  due(): Promise<void> | undefined {
    if (performance.now() - this.#last < longestWithoutTurn) return undefined
    return turn().then(() => {
      this.#last = performance.now()
    })
  }
}

function turn(): Promise<void> {
  // Timers of pages wait for 4 ms; where there is something quicker it is one of these.
  const { scheduler, setImmediate } = globalThis as {
    readonly scheduler?: { yield?(): Promise<void> }
    readonly setImmediate?: (callback: () => void) => void
  }
  if (setImmediate !== undefined) return new Promise((resolve) => setImmediate(resolve))
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve))
}
