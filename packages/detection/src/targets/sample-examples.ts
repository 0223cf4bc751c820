import type { RandomStream } from '@neurite/data'
import { background } from './match-boxes.ts'

export interface SampleOptions {
  /** Examples in all, at most. */
  readonly count: number
  /** At most this share of them is matched; background fills up. */
  readonly positiveFraction: number
}

/** Numbers of boxes. */
export interface Sampled {
  readonly positives: Int32Array
  readonly negatives: Int32Array
}

/** A random choice among boxes, as matched by `matchBoxes`: there is far more background than anything else. */
export function sampleExamples(
  matches: Int32Array,
  { count, positiveFraction }: SampleOptions,
  random: RandomStream,
): Sampled {
  const chosen = (isCandidate: (match: number) => boolean, most: number): Int32Array => {
    const candidates = Int32Array.from(matches.keys()).filter((i) => isCandidate(matches[i]!))
    random.shuffle(candidates)
    return candidates.subarray(0, most)
  }
  const positives = chosen((match) => match >= 0, Math.floor(count * positiveFraction))
  return { positives, negatives: chosen((match) => match === background, count - positives.length) }
}
