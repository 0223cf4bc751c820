import type { Interruption } from './interruption.ts'
import type { ProgressOutput } from './progress.ts'

/** Where the demo shows itself, and how it learns that it shall end. */
export interface Surroundings {
  readonly output: ProgressOutput
  readonly interruption: Interruption
}
