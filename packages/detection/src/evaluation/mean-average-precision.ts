import { overlapOf } from '../boxes/box-array.ts'
import type { Detections } from '../networks/detections.ts'
import type { GroundTruth } from '../targets/ground-truth.ts'

/** How the area under a curve of precision over recall is measured. */
export type Interpolation = 'all-point' | '11-point'

export interface AveragePrecisionOptions {
  /** Least IoU of a detection with the box that it finds. Default 0.5. */
  readonly iouThreshold?: number
  /** PASCAL VOC's of 2010 and later ('all-point', default), or that of 2007 and before ('11-point'). */
  readonly interpolation?: Interpolation
}

export interface MeanAveragePrecision {
  /** Mean over the classes that there are; NaN if there is none. */
  readonly mean: number
  /** Average precision of each class that there is. */
  readonly byClass: ReadonlyMap<number, number>
}

/**
 * How well detections find what is there (Everingham et al. 2010, "The PASCAL visual object classes challenge", section 4.2).
 *
 * Of each class, the detections of all images by falling score: one is right if the box of its class and image that it overlaps most reaches the
 * threshold and has not been found by a better one. With each, precision is the share of right ones so far and recall that of the boxes found;
 * average precision is the mean, over recall, of the highest precision at that recall or more.
 * @param detections Of each image.
 * @param truths Of each image, in the same order.
 * @throws RangeError unless they are as many.
 */
export function meanAveragePrecision(
  detections: readonly Detections[],
  truths: readonly GroundTruth[],
  { iouThreshold = 0.5, interpolation = 'all-point' }: AveragePrecisionOptions = {},
): MeanAveragePrecision {
  if (detections.length !== truths.length)
    throw new RangeError(
      `meanAveragePrecision: needs the detections of each of ${truths.length} images; got ${detections.length}.`,
    )
  const classes = [...new Set(truths.flatMap((truth) => Array.from(truth.classes)))].sort((a, b) => a - b)
  const byClass = new Map(
    classes.map((kind) => {
      const hits = rightOnes(detections, truths, kind, iouThreshold)
      const present = truths.reduce((sum, truth) => sum + count(truth.classes, kind), 0)
      return [kind, averagePrecision(hits, present, interpolation)]
    }),
  )
  return { mean: [...byClass.values()].reduce((sum, value) => sum + value, 0) / byClass.size, byClass }
}

/** COCO's thresholds: 0.5, 0.55, … 0.95. */
const cocoThresholds = Array.from({ length: 10 }, (_, i) => (50 + 5 * i) / 100)

/** Mean average precision, averaged over the IoU thresholds 0.5, 0.55, …, 0.95, as COCO's primary figure (all-point). */
export function cocoMeanAveragePrecision(detections: readonly Detections[], truths: readonly GroundTruth[]): number {
  const means = cocoThresholds.map((iouThreshold) => meanAveragePrecision(detections, truths, { iouThreshold }).mean)
  return means.reduce((sum, mean) => sum + mean, 0) / means.length
}

/** Whether each detection of a class is right, by falling score. */
function rightOnes(
  detections: readonly Detections[],
  truths: readonly GroundTruth[],
  kind: number,
  iouThreshold: number,
): boolean[] {
  const candidates = detections.flatMap(({ classes, scores }, image) =>
    [...classes.keys()].filter((i) => classes[i] === kind).map((i) => ({ image, i, score: scores[i]! })),
  )
  const found = truths.map(() => new Set<number>())
  return candidates
    .sort((a, b) => b.score - a.score)
    .map(({ image, i }) => {
      const truth = truths[image]!
      let [closest, most] = [-1, 0]
      for (let j = 0; j < truth.classes.length; j++) {
        if (truth.classes[j] !== kind) continue
        const overlap = overlapOf(detections[image]!.boxes, i, truth.boxes, j)
        if (overlap > most) [closest, most] = [j, overlap]
      }
      if (closest < 0 || most < iouThreshold || found[image]!.has(closest)) return false
      found[image]!.add(closest)
      return true
    })
}

/**
 * The area under the curve of the highest precision at each recall or more.
 * @param hits Whether each detection is right, by falling score.
 * @param present How many there are to find.
 */
export function averagePrecision(
  hits: readonly boolean[],
  present: number,
  interpolation: Interpolation = 'all-point',
): number {
  const precisions: number[] = []
  const recalls: number[] = []
  let right = 0
  for (const [i, isRight] of hits.entries()) {
    if (isRight) right++
    precisions.push(right / (i + 1))
    recalls.push(right / present)
  }
  for (let i = precisions.length - 2; i >= 0; i--) precisions[i] = Math.max(precisions[i]!, precisions[i + 1]!)
  if (interpolation === '11-point') {
    // Tenths as quotients: recalls are quotients as well, and 3 of 10 found shall reach the level 0.3.
    const levels = Array.from({ length: 11 }, (_, i) => i / 10)
    const at = (level: number): number => precisions[recalls.findIndex((recall) => recall >= level)] ?? 0
    return levels.reduce((sum, level) => sum + at(level), 0) / 11
  }
  return precisions.reduce((area, precision, i) => area + precision * (recalls[i]! - (recalls[i - 1] ?? 0)), 0)
}

function count(classes: ArrayLike<number>, kind: number): number {
  return Array.from(classes).filter((other) => other === kind).length
}
