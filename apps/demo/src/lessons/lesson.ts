import type { Colors } from '../pictures/plane-picture.ts'
import { isMilestone, openProgress, type Progress } from '../terminal/progress.ts'
import type { Surroundings } from '../terminal/surroundings.ts'

/** A lesson of the course, as it is held in the terminal. */
export interface Lesson {
  /** What it is called on the command line. */
  readonly name: string
  readonly title: string
  /** What it shows, in a line. */
  readonly summary: string
  /** Holds the lesson; what was to be seen is returned, in a sentence. */
  teach(classroom: Classroom): Promise<string>
}

/** Where a lesson is held. */
export interface Classroom extends Surroundings {
  readonly colors: Colors
  /** Start of all random numbers. */
  readonly seed: number
  /** How much of the usual training there is time for, from above 0 to 1. */
  readonly effort: number
  /** For how many minutes a net that writes learns, where there is time for all of it. */
  readonly minutes: number
  /** A file or folder to learn from, where the lesson takes one. */
  readonly data?: string
  /** Where a picture of what was learnt shall go, where the lesson makes one. */
  readonly picture?: string
  print(...lines: readonly string[]): void
}

/** Does a step, and returns what there is to say about it; that is called where it is shown. */
export type Step = (number: number) => Promise<() => string> | (() => string)

/**
 * Makes `steps` steps under a progress bar.
 * @throws Interrupted after Ctrl-C, between two steps.
 */
export async function inSteps(surroundings: Surroundings, steps: number, step: Step): Promise<void> {
  await underProgress(surroundings, step, steps, (number) => ({
    done: number,
    isMilestone: isMilestone(number, steps),
  }))
}

/**
 * Makes steps for so many seconds, one at least, under a progress bar.
 * @throws Interrupted after Ctrl-C, between two steps.
 */
export async function forSeconds(surroundings: Surroundings, seconds: number, step: Step): Promise<void> {
  const start = performance.now()
  await underProgress(surroundings, step, seconds, () => {
    const elapsed = (performance.now() - start) / 1000
    return { done: Math.min(elapsed, seconds), isMilestone: elapsed >= seconds }
  })
}

type Stand = Pick<Progress, 'done' | 'isMilestone'>

async function underProgress(
  { output, interruption }: Surroundings,
  step: Step,
  total: number,
  standAfter: (number: number) => Stand,
): Promise<void> {
  const progress = openProgress(output)
  let shownAt = Number.NEGATIVE_INFINITY
  try {
    for (let number = 1, done = 0; done < total; number++) {
      await interruption.check()
      const figures = await step(number)
      const stand = standAfter(number)
      done = stand.done
      if (!stand.isMilestone && performance.now() - shownAt < shortestBetween) continue
      shownAt = performance.now()
      progress.show({ ...stand, total, figures: figures() })
    }
  } finally {
    progress.close()
  }
}

/** Milliseconds between two pictures of the bar. */
const shortestBetween = 80

/** As many of `count` as the effort allows, one at least. */
export function scaled(count: number, { effort }: Classroom): number {
  return Math.max(1, Math.round(count * effort))
}
