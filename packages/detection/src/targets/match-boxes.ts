import { type BoxArray, countBoxes, overlapOf } from '../boxes/box-array.ts'

/** What a box is matched with, where it is with no true box. */
export const background = -1
export const ignored = -2

export interface MatchOptions {
  /** Boxes whose best IoU is at least this are matched. */
  readonly foreground: number
  /** Boxes whose best IoU is below this are background; those between are ignored. */
  readonly background: number
  /** Background whose best IoU is below this is ignored: near misses teach more. Default 0. */
  readonly leastBackground?: number
  /** Whether a true box's best boxes are matched with it whatever their IoU, unless it is 0. Default false. */
  readonly matchBest?: boolean
}

/**
 * The number of the true box that each box overlaps most, or `background` (−1), or `ignored` (−2).
 *
 * Anchors: { foreground: 0.7, background: 0.3, matchBest: true } (Ren et al. 2015, section 3.1.2); proposals: { foreground: 0.5, background: 0.5 },
 * with leastBackground 0.1 (Girshick 2015, section 2.3).
 */
export function matchBoxes(boxes: BoxArray, truth: BoxArray, options: MatchOptions): Int32Array {
  const { foreground, background: ceiling, leastBackground = 0, matchBest = false } = options
  const count = countBoxes('matchBoxes', boxes)
  const trueCount = countBoxes('matchBoxes', truth)
  const matches = new Int32Array(count)
  const closest = new Int32Array(count)
  const bestOfTrue = new Float64Array(trueCount)
  for (let i = 0; i < count; i++) {
    let most = 0
    for (let j = 0; j < trueCount; j++) {
      const overlap = overlapOf(boxes, i, truth, j)
      bestOfTrue[j] = Math.max(bestOfTrue[j]!, overlap)
      if (overlap <= most) continue
      most = overlap
      closest[i] = j
    }
    if (most >= foreground && trueCount > 0) matches[i] = closest[i]!
    else matches[i] = most < ceiling && most >= leastBackground ? background : ignored
  }
  if (!matchBest) return matches
  for (let i = 0; i < count; i++)
    for (let j = 0; j < trueCount; j++) {
      const overlap = overlapOf(boxes, i, truth, j)
      // Of several true boxes the closest one.
      if (overlap > 0 && overlap === bestOfTrue[j]) matches[i] = closest[i]!
    }
  return matches
}
