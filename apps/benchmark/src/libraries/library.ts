import type { Work } from '../workloads/workload.ts'

/** A loss, or all numbers of an array. */
export type Result = number | Float32Array

/** Work that is ready to run: data and weights lie where the library wants them. */
export interface Task {
  /** Does it once, to the end: the result is JavaScript's to read. */
  run(): Result | Promise<Result>
  /** Gives back what the library would keep. */
  close(): void
}

/** A library in one configuration. */
export interface Library {
  readonly threads: number
  readonly version: string
  /** @throws Error if the library cannot do the work, here or at the first run. */
  prepare(work: Work): Task
}

/** A library by name. Nothing of it is loaded before `open`. */
export interface LibraryEntry {
  readonly name: string
  /** @throws Error if it does not work here. */
  open(): Promise<Library>
}

/** A function for every kind of work, as libraries define them. */
export type Preparations = { readonly [Kind in Work['kind']]: (work: Extract<Work, { kind: Kind }>) => Task }

export function prepareWith(preparations: Preparations, work: Work): Task {
  // TypeScript does not see that the function of a kind fits work of that kind.
  return preparations[work.kind](work as never)
}
