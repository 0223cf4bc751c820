import type { RandomStream } from '@neurite/data'
import type { BoxArray } from '../boxes/box-array.ts'
import type { ImageSize } from '../boxes/clip-boxes.ts'
import { ignored, type MatchOptions, matchBoxes } from './match-boxes.ts'
import { type SampleOptions, sampleExamples } from './sample-examples.ts'

export interface AnchorTargetOptions extends Partial<MatchOptions>, Partial<SampleOptions> {
  /** Size of the image, beyond which anchors are ignored. Default: they are not. */
  readonly within?: ImageSize
}

/** What a region proposal network should say of the anchors of an image. */
export interface AnchorTargets {
  /** 1 object, 0 background, −1 not asked: one for each anchor. */
  readonly labels: Int32Array
  /** The true box of an object, else the anchor itself: four numbers for each anchor. */
  readonly boxes: Float32Array
}

/**
 * Labels of a random choice of anchors (Ren et al. 2015, section 3.1.2): objects are those whose IoU with a true box is at least 0.7 or
 * the highest of all, background those below 0.3 with every true box; of 256 up to half are objects.
 */
export function anchorTargets(
  anchors: BoxArray,
  truth: BoxArray,
  random: RandomStream,
  options: AnchorTargetOptions = {},
): AnchorTargets {
  const { count = 256, positiveFraction = 0.5, foreground = 0.7, background = 0.3, matchBest = true, within } = options
  const matches = matchBoxes(anchors, truth, { foreground, background, matchBest })
  if (within !== undefined) for (const i of matches.keys()) if (!isInside(anchors, i, within)) matches[i] = ignored
  const { positives, negatives } = sampleExamples(matches, { count, positiveFraction }, random)
  const labels = new Int32Array(matches.length).fill(-1)
  const boxes = Float32Array.from(anchors)
  for (const i of negatives) labels[i] = 0
  for (const i of positives) {
    labels[i] = 1
    for (let k = 0; k < 4; k++) boxes[4 * i + k] = truth[4 * matches[i]! + k]!
  }
  return { labels, boxes }
}

function isInside(boxes: BoxArray, i: number, [height, width]: ImageSize): boolean {
  return boxes[4 * i]! >= 0 && boxes[4 * i + 1]! >= 0 && boxes[4 * i + 2]! <= width && boxes[4 * i + 3]! <= height
}
