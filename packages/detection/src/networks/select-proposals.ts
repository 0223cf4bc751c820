import { type BoxArray, countBoxes } from '../boxes/box-array.ts'
import { removeSmallBoxes } from '../boxes/remove-small-boxes.ts'
import { checkOnePerBox, nms } from '../suppression/nms.ts'

export interface ProposalOptions {
  /** Narrower or lower boxes are dropped, in pixels. Default 1. */
  readonly minimumSize?: number
  /** How many of the best are looked at. Default 6000. */
  readonly before?: number
  /** Of boxes that overlap by more, the best one stays. Default 0.7. */
  readonly iouThreshold?: number
  /** How many are proposed at most. Default 300. */
  readonly after?: number
}

/**
 * The best boxes of a region proposal network, fewer of those that overlap (Ren et al. 2015, section 3.3), best first.
 * @param scores One for each box.
 */
export function selectProposals(
  boxes: BoxArray,
  scores: ArrayLike<number>,
  options: ProposalOptions = {},
): Float32Array {
  const { minimumSize = 1, before = 6000, iouThreshold = 0.7, after = 300 } = options
  checkOnePerBox('selectProposals', countBoxes('selectProposals', boxes), { scores })
  const best = removeSmallBoxes(boxes, minimumSize)
    .sort((i, j) => scores[j]! - scores[i]! || i - j)
    .subarray(0, before)
  const candidates = boxesAt(boxes, best)
  const kept = nms(
    candidates,
    Float32Array.from(best, (i) => scores[i]!),
    { iouThreshold, limit: after },
  )
  return boxesAt(candidates, kept)
}

function boxesAt(boxes: BoxArray, places: Int32Array): Float32Array {
  return Float32Array.from({ length: 4 * places.length }, (_, k) => boxes[4 * places[k >> 2]! + (k & 3)]!)
}
