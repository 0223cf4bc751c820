import type { BoxArray } from '../boxes/box-array.ts'

/** What is to be found in an image. */
export interface GroundTruth {
  readonly boxes: BoxArray
  /** A class for each box, from 1 on: 0 is the background. */
  readonly classes: ArrayLike<number>
}
