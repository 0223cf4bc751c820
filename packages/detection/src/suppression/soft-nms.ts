import { type BoxArray, countBoxes, overlapOf } from '../boxes/box-array.ts'
import { checkOnePerBox } from './nms.ts'

export interface SoftNMSOptions {
  /**
   * 'gaussian' (default): a score falls by exp(−IoU² / sigma) for each better box kept; 'linear': by 1 − IoU, for those that overlap by
   * `iouThreshold` or more.
   */
  readonly method?: 'gaussian' | 'linear'
  /** Of 'gaussian'. Default 0.5. */
  readonly sigma?: number
  /** Of 'linear'. Default 0.3. */
  readonly iouThreshold?: number
  /** Boxes whose score falls below go. Default 0.001. */
  readonly scoreThreshold?: number
}

/** Boxes that are kept, best first. */
export interface SoftlySuppressed {
  readonly indices: Int32Array
  /** What their scores have become. */
  readonly scores: Float64Array
}

/**
 * Non-maximum suppression that lowers the scores of boxes that overlap better ones instead of dropping them
 * (Bodla et al. 2017, "Soft-NMS: improving object detection with one line of code", figure 2).
 * @returns The numbers of the boxes kept, by falling new score, with these scores.
 * @throws RangeError unless there is a score for each box, and sigma is positive.
 */
export function softNMS(boxes: BoxArray, scores: ArrayLike<number>, options: SoftNMSOptions = {}): SoftlySuppressed {
  const { method = 'gaussian', sigma = 0.5, iouThreshold = 0.3, scoreThreshold = 0.001 } = options
  checkOnePerBox('softNMS', countBoxes('softNMS', boxes), { scores })
  if (!(sigma > 0)) throw new RangeError(`softNMS: sigma must be positive; got ${sigma}.`)
  const decay = (iou: number): number => {
    if (method === 'gaussian') return Math.exp(-(iou * iou) / sigma)
    return iou >= iouThreshold ? 1 - iou : 1
  }
  const current = Float64Array.from(scores)
  const kept: number[] = []
  let left = [...current.keys()].filter((i) => current[i]! >= scoreThreshold)
  while (left.length > 0) {
    const best = left.reduce((best, i) => (current[i]! > current[best]! ? i : best))
    kept.push(best)
    left = left.filter((i) => {
      if (i === best) return false
      current[i]! *= decay(overlapOf(boxes, i, boxes, best))
      return current[i]! >= scoreThreshold
    })
  }
  return { indices: Int32Array.from(kept), scores: Float64Array.from(kept, (i) => current[i]!) }
}
