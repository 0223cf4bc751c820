// Handwritten digits, recognised by a small convolutional network (LeCun, Bottou, Bengio & Haffner 1998) with dropout.

import {
  Adam,
  batches,
  Conv2d,
  compile,
  crossEntropy,
  Dropout,
  evaluate,
  Flatten,
  type ImageStatistics,
  imageDataset,
  type LabelledImages,
  Linear,
  MaxPool2d,
  metrics,
  normalizeImages,
  parameters,
  polynomialDecay,
  relu,
  Schedule,
  Sequential,
  type Tensor,
  Trainer,
} from 'neurite'
import type { Surroundings } from '../terminal/surroundings.ts'
import { ShownTraining } from '../training.ts'

type Images = Tensor<[number, 1, number, number], 'uint8'>

/** Images [N, 1, 28, 28] of the given statistics → [N, 10], a score for each digit. */
export function digitNetwork(statistics: ImageStatistics) {
  return new Sequential(
    (images: Images) => normalizeImages(images, statistics),
    new Conv2d(1, 16, 3),
    relu,
    new MaxPool2d(2),
    new Conv2d(16, 32, 3),
    relu,
    new MaxPool2d(2),
    new Flatten(),
    new Dropout(0.25),
    new Linear(32 * 5 * 5, 128),
    relu,
    new Dropout(0.5),
    new Linear(128, 10),
  )
}

export type DigitNetwork = ReturnType<typeof digitNetwork>

export interface DigitTraining {
  readonly epochs: number
  /** Of the order of the images. */
  readonly seed: number
}

export async function trainDigits(
  network: DigitNetwork,
  images: LabelledImages,
  { epochs, seed }: DigitTraining,
  surroundings: Surroundings,
): Promise<void> {
  const shuffled = batches(imageDataset(images), { batchSize: 32, shuffle: true, seed })
  const optimizer = new Adam(parameters(network), { learningRate: 0.002 })
  const trainer = new Trainer({
    model: network,
    loss: crossEntropy,
    optimizer,
    schedule: new Schedule(optimizer, polynomialDecay({ steps: epochs * shuffled.length })),
    metrics: { accuracy: metrics.accuracy() },
  })
  await trainer.fit(shuffled, { epochs, callbacks: [new ShownTraining(surroundings, images.count)] })
}

/** What a network makes of images. */
export interface Recognition {
  /** The digit that each image most probably shows. */
  readonly answers: Int32Array
  /** Ten numbers for each image. */
  readonly probabilities: Float32Array
}

export async function recognize(
  network: DigitNetwork,
  images: LabelledImages,
  { interruption }: Surroundings,
): Promise<Recognition> {
  evaluate(network)
  const recognizeBatch = compile((images: Images) => {
    const scores = network.forward(images)
    return { answers: scores.argMax(1), probabilities: scores.softmax(1) }
  })
  const all = { answers: new Int32Array(images.count), probabilities: new Float32Array(images.count * images.classes) }
  let place = 0
  for (const [batch] of batches(imageDataset(images), { batchSize: 100 })) {
    await interruption.check()
    const { answers, probabilities } = recognizeBatch(batch)
    all.answers.set(await answers.data(), place)
    all.probabilities.set(await probabilities.data(), place * images.classes)
    place += batch.shape[0]
  }
  return all
}
