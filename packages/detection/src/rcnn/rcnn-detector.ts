import { ShapeError, showShape, type Tensor, tensor } from '@neurite/tensor'
import type { BoxArray } from '../boxes/box-array.ts'
import { decodeBoxes } from '../boxes/box-coder.ts'
import { clipBoxesToImage } from '../boxes/clip-boxes.ts'
import { type DetectionOptions, type Detections, selectDetections } from '../networks/detections.ts'
import { type LinearSVM, scoreOf } from './linear-svm.ts'
import type { FeatureExtractor } from './region-features.ts'
import { predictionOf, type RidgeRegression } from './ridge-regression.ts'

/** What tells a class, and where its boxes are. */
export interface ClassModel {
  readonly machine: LinearSVM
  readonly regression: RidgeRegression
}

/** An R-CNN in use; `fitRCNN` makes it. */
export class RCNNDetector {
  readonly #extract: FeatureExtractor
  readonly #scale: number
  readonly #classes: readonly ClassModel[]

  /** @internal */
  constructor(extract: FeatureExtractor, scale: number, classes: readonly ClassModel[]) {
    this.#extract = extract
    this.#scale = scale
    this.#classes = classes
  }

  /**
   * What there is in each image [N, 3, H, W], among the regions proposed for it. Scores are the machines': 1 and −1 are their margins.
   * @param options Defaults as in the paper: boxes of a class that overlap by more than 0.3 go; scores below −1 do.
   * @throws ShapeError unless there are proposals for each image.
   */
  async detect(images: Tensor, proposals: readonly BoxArray[], options: DetectionOptions = {}): Promise<Detections[]> {
    if (proposals.length !== images.shape[0])
      throw new ShapeError(
        `detect: images ${showShape(images.shape)} need as many lists of proposals; got ${proposals.length}.`,
      )
    const found: Detections[] = []
    for (const [n, regions] of proposals.entries())
      found.push(
        await this.#detectIn(images.narrow(0, n, 1), regions, { scoreThreshold: -1, iouThreshold: 0.3, ...options }),
      )
    return found
  }

  async #detectIn(image: Tensor, regions: BoxArray, options: DetectionOptions): Promise<Detections> {
    const [count, kinds] = [regions.length / 4, this.#classes.length]
    const { hidden, pool5 } = await this.#extract(image, regions)
    const rows = { data: hidden.data.map((value) => value * this.#scale), width: hidden.width }
    const scores = new Float32Array(count * (kinds + 1))
    const displacements = new Float32Array(4 * count * kinds)
    for (let i = 0; i < count; i++)
      for (const [k, { machine, regression }] of this.#classes.entries()) {
        scores[i * (kinds + 1) + k + 1] = scoreOf(machine, rows, i)
        displacements.set(predictionOf(regression, pool5, i), 4 * (i * kinds + k))
      }
    const proposed: Tensor = tensor(Float32Array.from(regions)).reshape([count, 1, 4])
    const moved = decodeBoxes(tensor(displacements, { shape: [count, kinds, 4] }) as Tensor, proposed)
    const boxes = clipBoxesToImage(moved, [image.shape[2], image.shape[3]])
    return selectDetections(scores, await boxes.data(), kinds, options)
  }
}
