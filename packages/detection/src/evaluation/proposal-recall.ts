import { type BoxArray, countBoxes, overlapOf } from '../boxes/box-array.ts'

/** How well proposals cover what is there. */
export interface ProposalQuality {
  /** Share of the true boxes that a proposal overlaps by at least the threshold. */
  readonly recall: number
  /** Mean over the true boxes of the best overlap, Uijlings et al.'s ABO. */
  readonly averageBestOverlap: number
  /** Proposals of an image, on average. */
  readonly proposals: number
}

/**
 * @param proposals Of each image.
 * @param truths Boxes of each image, in the same order.
 * @throws RangeError unless they are as many.
 */
export function proposalQuality(
  proposals: readonly BoxArray[],
  truths: readonly { readonly boxes: BoxArray }[],
  { iouThreshold = 0.5 }: { readonly iouThreshold?: number } = {},
): ProposalQuality {
  if (proposals.length !== truths.length)
    throw new RangeError(
      `proposalQuality: needs the proposals of each of ${truths.length} images; got ${proposals.length}.`,
    )
  const best = truths.flatMap(({ boxes }, n) =>
    Array.from({ length: countBoxes('proposalQuality', boxes) }, (_, j) => {
      let most = 0
      for (let i = 0; i < proposals[n]!.length / 4; i++) most = Math.max(most, overlapOf(proposals[n]!, i, boxes, j))
      return most
    }),
  )
  return {
    recall: best.filter((overlap) => overlap >= iouThreshold).length / best.length,
    averageBestOverlap: best.reduce((sum, overlap) => sum + overlap, 0) / best.length,
    proposals: proposals.reduce((sum, boxes) => sum + boxes.length / 4, 0) / proposals.length,
  }
}
