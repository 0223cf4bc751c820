// MNIST's images of digits, by a perceptron with one hidden layer and by a small convolutional net.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  Adam,
  batches,
  Conv2d,
  crossEntropy,
  Flatten,
  imageDataset,
  type LabelledImages,
  Linear,
  MaxPool2d,
  metrics,
  parameters,
  readMnistFiles,
  relu,
  Sequential,
  seed as seedRandomNumbers,
  type Tensor,
  Trainer,
} from 'neurite'
import type { DataFolders, DataSet } from './data-set.ts'

const scaled = (images: Tensor): Tensor => images.divide(255)

const perceptron = () => new Sequential(scaled, new Flatten(), new Linear(784, 128), relu, new Linear(128, 10))

const convolutional = () =>
  new Sequential(
    ...[scaled, new Conv2d(1, 8, 3), relu, new MaxPool2d(2)],
    ...[new Conv2d(8, 16, 3), relu, new MaxPool2d(2)],
    ...[new Flatten(), new Linear(400, 10)],
  )

export const mnistSets: readonly DataSet[] = [mnist('MLP', perceptron), mnist('CNN', convolutional)]

function mnist(net: string, build: () => Sequential): DataSet {
  return {
    ...{ file: 'mnist', net, measure: 'accuracy', seeds: 3 },
    run: async (folders, seed) => {
      const { train, test } = await readImages(folders)
      seedRandomNumbers(seed)
      const model = build()
      const optimizer = new Adam(parameters(model), { learningRate: 0.001 })
      const trainer = new Trainer({ model, loss: crossEntropy, optimizer, metrics: { accuracy: metrics.accuracy() } })
      await trainer.fit(batches(imageDataset(train), { batchSize: 64, shuffle: true, seed }), { epochs: 10 })
      const { accuracy } = await trainer.evaluate(batches(imageDataset(test), { batchSize: 500 }))
      return { figure: accuracy, trainingRows: train.count, testRows: test.count }
    },
  }
}

async function readImages({ data, heldOut }: DataFolders): Promise<{ train: LabelledImages; test: LabelledImages }> {
  const open = (folder: string) => (name: string) => readFile(join(folder, 'mnist', name)).catch(() => undefined)
  const { train, test } = await readMnistFiles(open(data))
  if (heldOut === undefined) return { train, test }
  // Only images to test on are kept apart; the others are those that everybody has.
  const either = async (name: string) =>
    (name.startsWith('t10k') ? await open(heldOut)(name) : undefined) ?? (await open(data)(name))
  return { train, test: (await readMnistFiles(either)).test }
}
