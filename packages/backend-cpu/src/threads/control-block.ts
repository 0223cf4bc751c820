// Words of a shared memory through which its threads agree on what to do. What different threads write often lies on different
// cache lines.

/** The block begins here, behind the fault word and the constants. */
const start = 4096
const lineBytes = 64

const line = (number: number): number => start + lineBytes * number

/** So many threads there can be, the one that starts the runs among them. */
export const maximumThreads = 64

const textLine = 4 + maximumThreads / 16
const textLines = 16
const counterLine = textLine + textLines

/** So many loops can be shared before threads must wait for each other. */
export const counters = 16

const threadLine = counterLine + counters

type ControlWord =
  | 'job'
  | 'pool'
  | 'program'
  | 'description'
  | 'descriptionBytes'
  | 'arena'
  | 'threads'
  | 'arrived'
  | 'generation'
  | 'failure'
  | 'patience'
  | 'finished'
  | 'status'
  | 'ready'
  | 'text'
  | 'counters'

/** Addresses of words, in bytes. */
export const controlBlock: { readonly [Word in ControlWord]: number } = {
  /** Counts the jobs; what the job is stands behind. */
  job: line(0),
  /** Number of the pool that the job is for: threads of others go. */
  pool: line(0) + 4,
  program: line(0) + 8,
  /** Address and length of what a program is, for threads that do not know it yet; 0 if they do. */
  description: line(0) + 12,
  descriptionBytes: line(0) + 16,
  arena: line(0) + 20,
  threads: line(0) + 24,
  /** Threads that have come to the barrier. */
  arrived: line(1),
  /** Counts the barriers that all have passed. */
  generation: line(2),
  /** See `failures`. */
  failure: line(3),
  /** Tenths of a second that the first thread waits for the others. */
  patience: line(3) + 4,
  /** Where the first thread is a worker: the last job that is over, and what came of it. */
  finished: line(3) + 8,
  status: line(3) + 12,
  /** A word per thread: the number of the pool in which it is ready. */
  ready: line(4),
  /** What a thread that failed has to say: bytes of UTF-8, their number first. */
  text: line(textLine),
  /** A line for each loop that is shared at the moment: how many of its rounds have been taken. */
  counters: line(counterLine),
}

export const textBytes: number = textLines * lineBytes - 4
export const counterBytes: number = lineBytes
export const controlBlockEnd: number = line(threadLine + maximumThreads)

/** Why threads that wait for each other give up. */
export const failures = { none: 0, threadFailed: 1, noAnswer: 2 } as const

/**
 * What a thread has for itself: the number of its first fault of a run plus 1 (0 if there was none), the offending index, where that
 * was, the round of the repeat that runs (0 outside of repeats), and where the thread is: kernels so far, and the first of its rounds.
 */
export const threadWords = {
  fault: 0,
  faultIndex: 4,
  round: 8,
  kernel: 12,
  kernelRound: 16,
  faultKernel: 20,
  faultRound: 24,
} as const

/** Where the words of a thread are. The first thread's are where a program without threads has them. */
export function threadWordsAddress(thread: number): number {
  return thread === 0 ? 0 : line(threadLine + thread)
}

/** What a program's entry returns when threads gave up waiting for each other. */
export const abandoned = -1
