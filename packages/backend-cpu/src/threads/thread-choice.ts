// Whether a program is faster on several threads, learnt from its runs: estimates know neither the machine nor who else is using it.

/** Runs each way before one is chosen: the fastest of them counts. */
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
  #fastest = { shared: Number.POSITIVE_INFINITY, alone: Number.POSITIVE_INFINITY }

  /** Whether all threads are to do the next run. */
  get isShared(): boolean {
    return this.#isShared
  }

  /** Takes note of how long that run took, in any unit. */
  took(time: number): void {
    if (this.#phase !== 'chosen') this.#fastest[this.#phase] = Math.min(this.#fastest[this.#phase], time)
    if (--this.#left > 0) return
    switch (this.#phase) {
      case 'shared':
        this.#enter('alone', false, trials)
        break
      case 'alone':
        this.#enter('chosen', !(this.#fastest.alone < advantage * this.#fastest.shared), this.#kept)
        this.#kept = Math.min(mostKept, 2 * this.#kept)
        break
      case 'chosen':
        this.#fastest = { shared: Number.POSITIVE_INFINITY, alone: Number.POSITIVE_INFINITY }
        this.#enter('shared', true, trials)
    }
  }

  #enter(phase: 'shared' | 'alone' | 'chosen', isShared: boolean, runs: number): void {
    this.#phase = phase
    this.#isShared = isShared
    this.#left = runs
  }
}
