import type { Work } from '../workloads/workload.ts'

/** A loss, or all numbers of an array. */
export type Result = number | Float32Array

/** Work that is ready to run: data and weights lie where the library wants them. */
export interface Task {
  /** Does it once, to the end: the result is JavaScript's to read. */
  run(): Result | Promise<Result>
  /**
   * Does it so many times and says how long a run took, in ms: where the work is done in another process, and messages to it are no part
   * of the work.
   */
  timeOfRun?(repetitions: number): Promise<number>
  /** Gives back what the library would keep. */
  close(): void
  /** A result as it is compared with others, if it lies in the library's own layout. Not part of the work. */
  comparable?(result: Result): Result
  /** How this is not the work that was described, if the library cannot do that but a like one: its results are not compared. */
  readonly differs?: string
}

/** A library in one configuration. */
export interface Library {
  readonly threads: number
  readonly version: string
  /** Whether a batch of another size cannot be given to it. */
  readonly hasFixedSizes?: boolean
  /** Prepares the process for runs of this library after another one's. */
  activate?(): Promise<void>
  /** @throws Error if the library cannot do the work, here or at the first run. */
  prepare(work: Work): Task | Promise<Task>
  /** Of a library that has a process of its own: when that was started, and its memory. */
  process?(): Promise<ProcessFigures>
  /** Ends what would keep this process alive. */
  close?(): void
}

export interface ProcessFigures {
  /** As `performance.timeOrigin + performance.now()`. */
  readonly startedAt: number
  readonly residentBytes: number
  /** The most that were ever resident. */
  readonly peakBytes: number
}

/** A library by name. Nothing of it is loaded before `open`. */
export interface LibraryEntry {
  readonly name: string
  /** @throws Error if it does not work here. */
  open(): Promise<Library>
  /** A program that learns XOR, in `minimal/`. */
  readonly minimalProgram?: MinimalProgram
  /** Workloads of which a run takes seconds, for which there is no time with `--quick`. */
  readonly slowAt?: readonly string[]
  /** The only workloads that it is there for; at others it has no row. */
  readonly only?: readonly string[]
  /** The Python that it is of. */
  readonly python?: string
}

export interface MinimalProgram {
  /** Its name without extension. */
  readonly file: string
  /** Files that it loads when it runs: of packages, or as seen from `measure/`. */
  readonly loads?: readonly string[]
}

/** A function for every kind of work, as libraries define them. */
export type Preparations = { readonly [Kind in Work['kind']]: (work: Extract<Work, { kind: Kind }>) => Task }

export function prepareWith(preparations: Preparations, work: Work): Task {
  // TypeScript does not see that the function of a kind fits work of that kind.
  return preparations[work.kind](work as never)
}

/** Images [N, H, W, C] as [N, C, H, W]. */
export function channelsFirst(images: Float32Array, shape: readonly [number, number, number, number]): Float32Array {
  const [, height, width, channels] = shape
  const places = height * width
  const result = new Float32Array(images.length)
  for (let place = 0; place < images.length; place++) {
    const image = Math.floor(place / (channels * places))
    const at = Math.floor(place / channels) % places
    result[(image * channels + (place % channels)) * places + at] = images[place]!
  }
  return result
}
