// The number of threads changes no bit: of random graphs over all primitives, and of what training makes of a network.
//
// NEURITE_RANDOM_PROGRAMS sets how many graphs (500), NEURITE_RANDOM_SEED where their seeds start (drawn).

import { cpuBackend, getThreads, setThreads } from '@neurite/backend-cpu'
import { createEvaluator, installedBackend, useBackend } from '@neurite/compiler'
import type { TypedArray } from '@neurite/compiler/kernel'
import { RandomStream } from '@neurite/data'
import { bind } from '@neurite/tensor'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  Adam,
  Conv2d,
  compile,
  crossEntropy,
  Dropout,
  Flatten,
  gradients,
  Linear,
  LSTM,
  MaxPool2d,
  type Module,
  parameters,
  relu,
  Sequential,
  seed,
  type Tensor,
  TransformerEncoderLayer,
  tensor,
  uniform,
} from './index.ts'
import { randomGraph } from './test/random-graph.ts'

interface Training {
  readonly network: Module
  readonly images: Tensor
  readonly labels: Tensor<[number], 'int32'>
  readonly classes: number
}

const labelsOf = (length: number, classes: number): Tensor<[number], 'int32'> =>
  tensor(Int32Array.from({ length }, (_, i) => (7 * i) % classes))

class LastHiddenState implements Module {
  readonly lstm: LSTM = new LSTM(12, 40, { batchFirst: true })

  forward(x: Tensor): Tensor {
    return this.lstm.forwardWithState(x).hidden.select(0, 0)
  }
}

const trainings: Record<string, () => Training> = {
  'a convolutional network with dropout': () => ({
    network: new Sequential(
      new Conv2d(1, 16, 3, { padding: 1 }),
      relu,
      new MaxPool2d(2),
      new Flatten(),
      new Dropout(0.3),
      new Linear(16 * 14 * 14, 96),
      relu,
      new Linear(96, 10),
    ),
    images: uniform([24, 1, 28, 28]),
    labels: labelsOf(24, 10),
    classes: 10,
  }),
  'an LSTM': () => ({
    network: new Sequential(new LastHiddenState(), new Linear(40, 5)),
    images: uniform([16, 20, 12]),
    labels: labelsOf(16, 5),
    classes: 5,
  }),
  'a transformer with dropout': () => ({
    network: new Sequential(
      new Linear(20, 32),
      new TransformerEncoderLayer(32, 4, { feedforwardFeatures: 64, dropout: 0.1, batchFirst: true }),
      new Linear(32, 11),
    ),
    images: uniform([8, 24, 20]),
    labels: labelsOf(8 * 24, 11),
    classes: 11,
  }),
}

const programs = Number(process.env.NEURITE_RANDOM_PROGRAMS ?? 500)
const firstSeed = Number(process.env.NEURITE_RANDOM_SEED ?? Math.floor(Math.random() * 2 ** 30))

// The first has programs without threads, the others share all they can. All run by tiles what they can.
const alone = cpuBackend({ threads: 1, fewestProductsOfTiles: 0 })
const sharing = [1, 2, 4].map((threads) => ({
  threads,
  backend: cpuBackend({ threads, nanosecondsPerThread: 0, fewestProductsOfTiles: 0 }),
}))

beforeAll(async () => {
  for (const { threads, backend } of sharing) expect(await backend.startThreads()).toBe(threads)
})

const [installed, threads] = [installedBackend(), getThreads()]
afterEach(() => {
  useBackend(installed)
  setThreads(threads)
})

/** Texts, which are compared faster than arrays. */
function bits(values: readonly TypedArray[]): string[] {
  return values.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength).toString('hex'))
}

test(`${programs} random graphs from seed ${firstSeed} have the same bits with 1, 2 and 4 threads`, () => {
  for (let seed = firstSeed; seed < firstSeed + programs; seed++) {
    const values = randomGraph(new RandomStream(seed), 1 + (seed % 12), (data, shape, dtype) => {
      const leaf = bind('input', [], { shape, dtype })
      leaf.realize(data)
      return leaf
    })
    const roots = values.map((value) => value.tensor)
    const expected = bits(createEvaluator(alone).evaluateSync!(roots))
    for (const { threads, backend } of sharing)
      expect(bits(createEvaluator(backend).evaluateSync!(roots)), `seed ${seed}, ${threads} threads`).toEqual(expected)
  }
}, 600_000)

describe('training has the same losses and weights with 1, 2 and 4 threads, and where the caller takes no part:', () => {
  test.each(Object.entries(trainings))(
    '%s',
    async (_, training) => {
      const trained: string[][] = []
      for (const { threads, blocks } of [
        { threads: 1, blocks: true },
        { threads: 2, blocks: true },
        { threads: 4, blocks: true },
        { threads: 2, blocks: false },
      ]) {
        const backend = cpuBackend({ threads, blocks, nanosecondsPerThread: 0 })
        useBackend(backend)
        expect(await backend.startThreads()).toBe(threads)
        seed(1)
        trained.push(await train(training()))
      }
      for (const other of trained.slice(1)) expect(other).toEqual(trained[0])
    },
    60_000,
  )

  test('setThreads counts', async () => {
    const backend = cpuBackend({ nanosecondsPerThread: 0 })
    useBackend(backend)
    for (const threads of [3, 1]) {
      setThreads(threads)
      expect(await backend.startThreads()).toBe(threads)
    }
  })
})

/** The losses of some steps, and the parameters after them. */
async function train({ network, images, labels, classes }: Training): Promise<string[]> {
  const optimizer = new Adam(parameters(network), { learningRate: 1e-2 })
  const step = compile((images: Tensor, labels: Tensor<[number], 'int32'>) => {
    const loss = crossEntropy(network.forward(images).reshape([-1, classes]), labels)
    optimizer.step(gradients(loss, parameters(network)))
    return loss
  })
  const losses = Array.from({ length: 4 }, () => step(images, labels))
  const values = [...losses, ...[...parameters(network).values()].map(({ value }) => value)]
  return bits(await Promise.all(values.map((value) => value.data())))
}
