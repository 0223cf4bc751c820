import { type BoxArray, countBoxes, overlapOf } from '../boxes/box-array.ts'

export interface NMSOptions {
  /** Boxes that overlap a better one by more than this go. */
  readonly iouThreshold: number
  /** At most so many are kept: the best ones. Default: no limit. */
  readonly limit?: number
}

/**
 * Greedy non-maximum suppression: of boxes that overlap the best alone stays.
 *
 * Takes boxes by falling score (equal ones in their order) and drops each whose IoU with one already kept is above the threshold.
 * @returns The numbers of the boxes kept, by falling score.
 * @throws RangeError unless there is a score for each box.
 */
export function nms(boxes: BoxArray, scores: ArrayLike<number>, options: NMSOptions): Int32Array {
  return suppressed('nms', boxes, scores, options, () => true)
}

/**
 * `nms` within each class: boxes of different classes do not suppress each other.
 * @param classes A number for each box, which only equal ones share.
 * @returns The numbers of the boxes kept, of all classes together by falling score.
 * @throws RangeError unless there are a score and a class for each box.
 */
export function batchedNMS(
  boxes: BoxArray,
  scores: ArrayLike<number>,
  classes: ArrayLike<number>,
  options: NMSOptions,
): Int32Array {
  checkOnePerBox('batchedNMS', countBoxes('batchedNMS', boxes), { classes })
  return suppressed('batchedNMS', boxes, scores, options, (i, j) => classes[i] === classes[j])
}

function suppressed(
  operation: string,
  boxes: BoxArray,
  scores: ArrayLike<number>,
  { iouThreshold, limit = Number.POSITIVE_INFINITY }: NMSOptions,
  compete: (i: number, j: number) => boolean,
): Int32Array {
  checkOnePerBox(operation, countBoxes(operation, boxes), { scores })
  const kept: number[] = []
  for (const i of byFallingScore(scores)) {
    if (kept.length >= limit) break
    if (!kept.some((better) => compete(i, better) && overlapOf(boxes, i, boxes, better) > iouThreshold)) kept.push(i)
  }
  return Int32Array.from(kept)
}

/** Numbers of the scores from the highest to the lowest; equal ones in their order, NaN first as in PyTorch. */
function byFallingScore(scores: ArrayLike<number>): Int32Array {
  const rank = (i: number): number => (Number.isNaN(scores[i]) ? Number.POSITIVE_INFINITY : scores[i]!)
  return Int32Array.from({ length: scores.length }, (_, i) => i).sort((i, j) => {
    const [a, b] = [rank(i), rank(j)]
    return a === b ? i - j : b - a
  })
}

/** @throws RangeError unless each list, given by its name, has an entry for each box. */
export function checkOnePerBox(
  operation: string,
  count: number,
  lists: Readonly<Record<string, ArrayLike<unknown>>>,
): void {
  for (const [name, { length }] of Object.entries(lists))
    if (length !== count)
      throw new RangeError(`${operation}: ${name} must have one entry for each of ${count} boxes; got ${length}.`)
}
