import {
  Adam,
  batches,
  compile,
  crossEntropy,
  evaluate,
  gradients,
  type ImageStatistics,
  imageDataset,
  type LabelledImages,
  normalizeImages,
  parameters,
  type Tensor,
  train,
} from 'neurite'
import type { DigitClassifier } from './digit-classifier.ts'
import type { TrainingProgress } from './progress.ts'

const batchSize = 50
const firstLearningRate = 2e-3
// How much of the figures shown is carried over from batch to batch.
const smoothing = 0.95

export interface DigitTraining {
  readonly images: LabelledImages
  /** Of the images, to bring them to mean 0 and deviation 1. */
  readonly statistics: ImageStatistics
  readonly epochs: number
  readonly seed: number
  report(progress: TrainingProgress): void
  /** Awaited between steps; may throw to end the training. */
  pause(): Promise<void>
}

type ImageBatch = Tensor<[50, 1, number, number], 'uint8'>

/** Trains the classifier with Adam, the learning rate falling to zero along a half cosine (Loshchilov & Hutter 2017). */
export async function learnDigits(
  model: DigitClassifier,
  { images, statistics, epochs, seed, report, pause }: DigitTraining,
): Promise<void> {
  const optimizer = new Adam(parameters(model), { learningRate: firstLearningRate })
  const step = compile((pixels: ImageBatch, labels: Tensor<[50], 'int32'>) => {
    const scores = model.forward(normalizeImages(pixels, statistics))
    const loss = crossEntropy(scores, labels)
    optimizer.step(gradients(loss, parameters(model)))
    return { loss, right: scores.argMax(1).equal(labels).sum() }
  })

  train(model)
  const trainBatches = batches(imageDataset(images), { batchSize, shuffle: true, seed, dropLast: true })
  const steps = epochs * trainBatches.length
  const start = performance.now()
  let [done, smoothLoss, smoothRight] = [0, 0, 0]
  for (let epoch = 1; epoch <= epochs; epoch++)
    for (const [pixels, labels] of trainBatches) {
      optimizer.learningRate = (firstLearningRate / 2) * (1 + Math.cos((Math.PI * done) / steps))
      const { loss, right } = step(pixels as ImageBatch, labels)
      const carried = done === 0 ? 0 : smoothing
      smoothLoss = carried * smoothLoss + (1 - carried) * (await loss.item())
      smoothRight = carried * smoothRight + (1 - carried) * (await right.item())
      done++
      report({
        ...{ step: done, steps, epoch, epochs },
        ...{ loss: smoothLoss, accuracy: smoothRight / batchSize },
        samplesPerSecond: (done * batchSize * 1000) / (performance.now() - start),
        epochEnds: done % trainBatches.length === 0,
      })
      await pause()
    }
}

/** The classifier's answers to images, in order. */
export async function answersOf(
  model: DigitClassifier,
  images: LabelledImages,
  statistics: ImageStatistics,
): Promise<Int32Array> {
  evaluate(model)
  const answer = compile((pixels: Tensor<[number, 1, number, number], 'uint8'>) =>
    model.forward(normalizeImages(pixels, statistics)).argMax(1),
  )
  const answers = new Int32Array(images.count)
  let place = 0
  for (const [pixels] of batches(imageDataset(images), { batchSize: 250 })) {
    answers.set(await answer(pixels).data(), place)
    place += pixels.shape[0]
  }
  return answers
}
