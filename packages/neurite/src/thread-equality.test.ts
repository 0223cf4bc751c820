// The number of threads changes no bit: of random graphs over all primitives, and of what training makes of a network.
//
// NEURITE_RANDOM_PROGRAMS sets how many graphs (500), NEURITE_RANDOM_SEED where their seeds start (drawn).

import { cpuBackend, getThreads, setThreads } from '@neurite/backend-cpu'
import { createEvaluator, installedBackend, useBackend } from '@neurite/compiler'
import type { TypedArray } from '@neurite/compiler/kernel'
import { RandomStream } from '@neurite/data'
import { bind } from '@neurite/tensor'
import { afterEach, beforeAll, expect, test } from 'vitest'
import {
  Adam,
  Conv2d,
  compile,
  crossEntropy,
  Dropout,
  Flatten,
  gradients,
  key,
  Linear,
  MaxPool2d,
  parameters,
  relu,
  Sequential,
  type Tensor,
  tensor,
  uniform,
} from './index.ts'
import { randomGraph } from './test/random-graph.ts'

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

test('training a convolutional network gives the same weights with 1, 2 and 4 threads', async () => {
  const backend = cpuBackend({ nanosecondsPerThread: 0 })
  useBackend(backend)
  const trained: string[][] = []
  for (const threads of [1, 2, 4]) {
    setThreads(threads)
    expect(await backend.startThreads()).toBe(threads)
    trained.push(train())
  }
  expect(trained[1]).toEqual(trained[0])
  expect(trained[2]).toEqual(trained[0])
}, 60_000)

/** The losses and the parameters after some steps. */
function train(): string[] {
  const keyOf = (layer: number): Tensor<[2], 'int32'> => key(layer)
  const model = new Sequential(
    new Conv2d(1, 16, 3, { padding: 1, key: keyOf(1) }),
    relu,
    new MaxPool2d(2),
    new Flatten(),
    new Dropout(0.3, { key: keyOf(2) }),
    new Linear(16 * 14 * 14, 96, { key: keyOf(3) }),
    relu,
    new Linear(96, 10, { key: keyOf(4) }),
  )
  const optimizer = new Adam(parameters(model), { learningRate: 1e-2 })
  const images = uniform([24, 1, 28, 28], { key: keyOf(5) })
  const labels: Tensor<[number], 'int32'> = tensor(Int32Array.from({ length: 24 }, (_, i) => i % 10))
  const step = compile((images: Tensor, labels: Tensor<[number], 'int32'>) => {
    const loss = crossEntropy(model.forward(images), labels)
    optimizer.step(gradients(loss, parameters(model)))
    return loss
  })
  const losses = Array.from({ length: 4 }, () => step(images, labels).dataSync())
  return bits([...losses, ...[...parameters(model).values()].map(({ value }) => value.dataSync())])
}
