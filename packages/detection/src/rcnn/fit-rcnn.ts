import { type Tensor, tensor } from '@neurite/tensor'
import type { BoxArray } from '../boxes/box-array.ts'
import { encodeBoxes } from '../boxes/box-coder.ts'
import type { GroundTruth } from '../targets/ground-truth.ts'
import { background, matchBoxes } from '../targets/match-boxes.ts'
import { fitWithHardNegatives } from './hard-negatives.ts'
import type { FeatureRows, LinearSVMOptions } from './linear-svm.ts'
import type { RCNN } from './rcnn.ts'
import { type ClassModel, RCNNDetector } from './rcnn-detector.ts'
import { type FeatureExtractor, featureExtractor } from './region-features.ts'
import { fitRidgeRegression } from './ridge-regression.ts'

export interface FitRCNNOptions extends LinearSVMOptions {
  /** Proposals whose IoU with every box of a class is below are its negatives. Default 0.3. */
  readonly negativeThreshold?: number
  /** Boxes are regressed on proposals whose IoU with a true box is at least this. Default 0.6. */
  readonly regressionThreshold?: number
  /** λ of the ridge regression. Default 1000. */
  readonly lambda?: number
}

/** An image's regions, true boxes first, and their features. */
interface Example {
  readonly truth: GroundTruth
  readonly boxes: Float32Array
}

/**
 * Puts a linear support vector machine and a box regressor for each class on a trained net (Girshick et al. 2014, section 2.3, appendices B and C).
 *
 * Positives are the true boxes, negatives the proposals whose IoU with all boxes of the class is below 0.3; the others do not count. Regressors learn from the
 * regions near a true box of the class. Features for the machines are scaled to a mean norm of 20, as C = 0.001 expects.
 * @param images [N, 3, H, W]
 * @param truths Of each image.
 * @param proposals Of each image.
 * @throws RangeError if a class does not occur.
 */
export async function fitRCNN(
  model: RCNN,
  images: Tensor,
  truths: readonly GroundTruth[],
  proposals: readonly BoxArray[],
  options: FitRCNNOptions = {},
): Promise<RCNNDetector> {
  const extract = featureExtractor(model)
  const examples = truths.map((truth, n): Example => {
    return { truth, boxes: Float32Array.from([...Array.from(truth.boxes), ...Array.from(proposals[n]!)]) }
  })
  const { hidden, pool5 } = await extractAll(extract, images, examples)
  const scale = 20 / meanNorm(hidden)
  const rows = { data: hidden.data.map((value) => value * scale), width: hidden.width }
  const classes: ClassModel[] = []
  for (let kind = 1; kind <= model.classes; kind++) {
    const chosen = choose(examples, kind, options)
    if (chosen.positives.length === 0) throw new RangeError(`fitRCNN: no image has anything of class ${kind}.`)
    const displacements = encodeBoxes(boxList(chosen.wanted), boxList(chosen.near))
    classes.push({
      machine: fitWithHardNegatives(rows, chosen.positives, chosen.negatives, options),
      regression: fitRidgeRegression(
        rowsAt(pool5, chosen.nearRows),
        { data: await displacements.data(), width: 4 },
        options.lambda ?? 1000,
      ),
    })
  }
  return new RCNNDetector(extract, scale, classes)
}

/** What a class learns from: numbers of rows, and of the regions near a true box these boxes and the true ones. */
interface Choice {
  readonly positives: number[]
  readonly negatives: number[]
  readonly nearRows: number[]
  readonly near: number[]
  readonly wanted: number[]
}

function choose(examples: readonly Example[], kind: number, options: FitRCNNOptions): Choice {
  const { negativeThreshold = 0.3, regressionThreshold = 0.6 } = options
  const choice: Choice = { positives: [], negatives: [], nearRows: [], near: [], wanted: [] }
  let row = 0
  for (const { truth, boxes } of examples) {
    const own = boxesOfClass(truth, kind)
    const touching = matchBoxes(boxes, own, { foreground: negativeThreshold, background: negativeThreshold })
    const near = matchBoxes(boxes, own, { foreground: regressionThreshold, background: regressionThreshold })
    for (let i = 0; i < boxes.length / 4; i++, row++) {
      if (i < truth.classes.length && truth.classes[i] === kind) choice.positives.push(row)
      if (touching[i] === background) choice.negatives.push(row)
      if (near[i]! < 0) continue
      choice.nearRows.push(row)
      choice.near.push(...boxes.subarray(4 * i, 4 * i + 4))
      choice.wanted.push(...own.slice(4 * near[i]!, 4 * near[i]! + 4))
    }
  }
  return choice
}

function boxesOfClass({ boxes, classes }: GroundTruth, kind: number): number[] {
  return Array.from(boxes).filter((_, k) => classes[k >> 2] === kind)
}

function boxList(numbers: readonly number[]): Tensor {
  return tensor(Float64Array.from(numbers), { shape: [numbers.length / 4, 4] }) as Tensor
}

/** The features of all regions of all images, one image at a time. */
async function extractAll(
  extract: FeatureExtractor,
  images: Tensor,
  examples: readonly Example[],
): Promise<Record<'hidden' | 'pool5', FeatureRows & { readonly data: Float32Array }>> {
  const parts: Awaited<ReturnType<FeatureExtractor>>[] = []
  for (const [n, { boxes }] of examples.entries()) parts.push(await extract(images.narrow(0, n, 1), boxes))
  const joined = (name: 'hidden' | 'pool5'): FeatureRows & { readonly data: Float32Array } => {
    const width = parts[0]![name].width
    const data = new Float32Array(parts.reduce((sum, part) => sum + part[name].data.length, 0))
    let at = 0
    for (const part of parts) {
      data.set(part[name].data, at)
      at += part[name].data.length
    }
    return { data, width }
  }
  return { hidden: joined('hidden'), pool5: joined('pool5') }
}

function meanNorm({ data, width }: FeatureRows): number {
  const count = data.length / width
  let sum = 0
  for (let i = 0; i < count; i++) {
    let square = 0
    for (let k = 0; k < width; k++) square += data[i * width + k]! ** 2
    sum += Math.sqrt(square)
  }
  return sum / count
}

function rowsAt({ data, width }: FeatureRows, rows: readonly number[]): FeatureRows {
  return {
    data: Float32Array.from(
      { length: rows.length * width },
      (_, i) => data[rows[Math.floor(i / width)]! * width + (i % width)]!,
    ),
    width,
  }
}
