import type { RandomStream } from '@neurite/data'
import type { BoxArray } from '../boxes/box-array.ts'
import type { GroundTruth } from './ground-truth.ts'
import { type MatchOptions, matchBoxes } from './match-boxes.ts'
import { type SampleOptions, sampleExamples } from './sample-examples.ts'

export interface RegionTargetOptions extends Partial<MatchOptions>, Partial<SampleOptions> {
  /** Whether the true boxes count as proposals too. Default true. */
  readonly includeTruth?: boolean
}

/** Regions of an image that a detection head learns from, `count` of them, and what it should say of them. */
export interface RegionTargets {
  readonly regions: Float32Array
  /** 0 background, 1… the classes, −1 not asked: filled up where there are too few regions. */
  readonly classes: Int32Array
  /** The true box of each region, the region itself where it has none. */
  readonly boxes: Float32Array
}

/**
 * A random choice of proposals (Girshick 2015, section 2.3): of 64 up to a quarter are those whose IoU with a true box is at least 0.5;
 * the others are background.
 */
export function regionTargets(
  proposals: BoxArray,
  truth: GroundTruth,
  random: RandomStream,
  options: RegionTargetOptions = {},
): RegionTargets {
  const { count = 64, positiveFraction = 0.25, foreground = 0.5, background = 0.5, includeTruth = true } = options
  const { leastBackground = 0 } = options
  const candidates = Float32Array.from([...Array.from(proposals), ...(includeTruth ? Array.from(truth.boxes) : [])])
  const matches = matchBoxes(candidates, truth.boxes, { foreground, background, leastBackground })
  const { positives, negatives } = sampleExamples(matches, { count, positiveFraction }, random)
  const regions = new Float32Array(4 * count)
  const boxes = new Float32Array(4 * count)
  const classes = new Int32Array(count).fill(-1)
  for (const [place, i] of [...positives, ...negatives].entries()) {
    const match = matches[i]!
    regions.set(candidates.subarray(4 * i, 4 * i + 4), 4 * place)
    classes[place] = match < 0 ? 0 : truth.classes[match]!
    for (let k = 0; k < 4; k++) boxes[4 * place + k] = match < 0 ? candidates[4 * i + k]! : truth.boxes[4 * match + k]!
  }
  // Not asked, but they have to be boxes: their displacements are computed like all others.
  for (let place = positives.length + negatives.length; place < count; place++) {
    regions.set([0, 0, 1, 1], 4 * place)
    boxes.set([0, 0, 1, 1], 4 * place)
  }
  return { regions, classes, boxes }
}
