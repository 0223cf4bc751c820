// Whether a program is faster on several threads, learnt from its runs: estimates know neither the machine nor who else is using it.

/** Runs each way before one is chosen: the middle one counts, since a thread that is fast only now and then is of no use. */
const trials = 3
/** What is chosen is kept for so many runs, twice as many every time: fewer where one is chosen, since nothing tells when others would help. */
const fewestKept = 16
const mostKept = { shared: 512, alone: 128 }
/** One thread must be faster by this much. */
const advantage = 0.95
/** So many runs in a row that take longer than one thread did: another processor has been lent elsewhere. */
const mostSlow = 3

type Way = 'shared' | 'alone'

export class ThreadChoice {
  #way: Way = 'shared'
  #isTrial = true
  /** Runs until the next decision. */
  #left = trials
  #kept = fewestKept
  /** What one thread took when it was last tried, and how many shared runs in a row have taken longer since. */
  #alone = 0
  #slow = 0
  #times: { readonly [W in Way]: number[] } = { shared: [], alone: [] }

  /** Whether all threads are to do the next run. */
  get isShared(): boolean {
    return this.#way === 'shared'
  }

  /** Takes note of how long that run took, in any unit. */
  took(time: number): void {
    this.#left--
    if (this.#isTrial) {
      this.#times[this.#way].push(time)
      if (this.#left === 0) this.#decide()
      return
    }
    this.#slow = this.isShared && time > this.#alone ? this.#slow + 1 : 0
    if (this.#left <= 0 || this.#slow === mostSlow) this.#try()
  }

  #try(): void {
    this.#times = { shared: [], alone: [] }
    this.#isTrial = true
    this.#enter('shared', trials)
  }

  #decide(): void {
    if (this.#way === 'shared') {
      this.#enter('alone', trials)
      return
    }
    this.#alone = median(this.#times.alone)
    const way = this.#alone < advantage * median(this.#times.shared) ? 'alone' : 'shared'
    this.#isTrial = false
    this.#slow = 0
    this.#enter(way, Math.min(mostKept[way], this.#kept))
    this.#kept = Math.min(mostKept.shared, 2 * this.#kept)
  }

  #enter(way: Way, runs: number): void {
    this.#way = way
    this.#left = runs
  }
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1]!
}
