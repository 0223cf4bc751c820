// Whether a program is faster on several threads, learnt from its runs: estimates know neither the machine nor who else is using it.

/** Runs each way before one is chosen: the middle one counts, since a thread that is fast only now and then is of no use. */
const trials = 3
/** What is chosen is kept for so many runs, twice as many every time. */
const [fewestKept, mostKept] = [16, 512]
/** One thread must be faster by this much. */
const advantage = 0.95

export class ThreadChoice {
  #isShared = true
  /** Runs until the next decision. */
  #left = trials
  #phase: 'shared' | 'alone' | 'chosen' = 'shared'
  #kept = fewestKept
  #times: { readonly [Way in 'shared' | 'alone']: number[] } = { shared: [], alone: [] }

  /** Whether all threads are to do the next run. */
  get isShared(): boolean {
    return this.#isShared
  }

  /** Takes note of how long that run took, in any unit. */
  took(time: number): void {
    if (this.#phase !== 'chosen') this.#times[this.#phase].push(time)
    if (--this.#left > 0) return
    switch (this.#phase) {
      case 'shared':
        this.#enter('alone', false, trials)
        break
      case 'alone':
        this.#enter('chosen', !(median(this.#times.alone) < advantage * median(this.#times.shared)), this.#kept)
        this.#kept = Math.min(mostKept, 2 * this.#kept)
        break
      case 'chosen':
        this.#times = { shared: [], alone: [] }
        this.#enter('shared', true, trials)
    }
  }

  #enter(phase: 'shared' | 'alone' | 'chosen', isShared: boolean, runs: number): void {
    this.#phase = phase
    this.#isShared = isShared
    this.#left = runs
  }
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1]!
}
