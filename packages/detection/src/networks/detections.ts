import type { BoxArray } from '../boxes/box-array.ts'
import { batchedNMS } from '../suppression/nms.ts'

/** What was found in an image, best first. */
export interface Detections {
  /** Four numbers each. */
  readonly boxes: Float32Array
  /** From 1 on. */
  readonly classes: Int32Array
  readonly scores: Float32Array
}

export interface DetectionOptions {
  /** Boxes of a class with a lower score are dropped. Default 0.05. */
  readonly scoreThreshold?: number
  /** Of boxes of a class that overlap by more, the best one stays. Default 0.5. */
  readonly iouThreshold?: number
  /** Default 100. */
  readonly limit?: number
}

/**
 * The detections among boxes of K classes for each of R regions: non-maximum suppression in each class.
 * @param probabilities R rows of K + 1, the background first.
 * @param boxes R · K boxes.
 */
export function selectDetections(
  probabilities: ArrayLike<number>,
  boxes: BoxArray,
  classes: number,
  { scoreThreshold = 0.05, iouThreshold = 0.5, limit = 100 }: DetectionOptions = {},
): Detections {
  const candidates: { place: number; kind: number; score: number }[] = []
  for (let place = 0; place < boxes.length / 4; place++) {
    const [region, kind] = [Math.floor(place / classes), 1 + (place % classes)]
    const score = probabilities[region * (classes + 1) + kind]!
    if (score >= scoreThreshold) candidates.push({ place, kind, score })
  }
  const coordinates = candidates.flatMap(({ place }) => [0, 1, 2, 3].map((k) => boxes[4 * place + k]!))
  const kept = batchedNMS(
    coordinates,
    candidates.map(({ score }) => score),
    candidates.map(({ kind }) => kind),
    { iouThreshold, limit },
  )
  return {
    boxes: Float32Array.from([...kept].flatMap((i) => coordinates.slice(4 * i, 4 * i + 4))),
    classes: Int32Array.from(kept, (i) => candidates[i]!.kind),
    scores: Float32Array.from(kept, (i) => candidates[i]!.score),
  }
}
