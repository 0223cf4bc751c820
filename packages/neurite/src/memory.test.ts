// Training does not leak: neither WebAssembly memory nor buffers in it nor JavaScript objects grow with the number of steps.
//
// NEURITE_MEMORY_STEPS sets how many compiled steps are taken (20,000).

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type CpuBackend, cpuBackend } from '@neurite/backend-cpu'
import { useBackend } from '@neurite/compiler'
import { beforeEach, expect, test } from 'vitest'
import {
  Adam,
  binaryCrossEntropyWithLogits,
  compile,
  gradients,
  Linear,
  parameters,
  Sequential,
  type Tensor,
  tanh,
  tensor,
} from './index.ts'

const compiledSteps = Number(process.env.NEURITE_MEMORY_STEPS ?? 20_000)
const uncompiledSteps = compiledSteps / 10

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const x = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
])
const y = tensor([[0], [1], [1], [0]])

let backend: CpuBackend

beforeEach(() => {
  backend = cpuBackend()
  useBackend(backend)
})

/** A training step of the XOR net, with everything that it holds. */
function xorStep(): (x: Tensor<[4, 2]>, y: Tensor<[4, 1]>) => Tensor<[]> {
  const model = new Sequential(new Linear(2, 8), tanh, new Linear(8, 1))
  const optimizer = new Adam(parameters(model))
  return (inputs, targets) => {
    const loss: Tensor<[]> = binaryCrossEntropyWithLogits(model.forward(inputs), targets)
    optimizer.step(gradients(loss, parameters(model)))
    return loss
  }
}

/** Takes steps and tells what has grown since the first tenth of them. */
async function growth(steps: number, step: () => number): Promise<{ memory: number; buffers: number; heap: number }> {
  const take = async (count: number): Promise<{ memory: number; buffers: number; heap: number }> => {
    for (let i = 0; i < count; i++) expect(step()).toBeLessThan(2)
    // Finalizers run when the event loop has a turn.
    for (let turn = 0; turn < 3; turn++) {
      collectGarbage()
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
    const { bytes, buffers } = backend.memoryUsage()
    return { memory: bytes, buffers, heap: process.memoryUsage().heapUsed }
  }
  const before = await take(steps / 10)
  const after = await take(steps - steps / 10)
  return {
    memory: after.memory - before.memory,
    buffers: after.buffers - before.buffers,
    heap: after.heap - before.heap,
  }
}

// What the test runner itself keeps in between.
const heapAllowance = 1_000_000

test(`${compiledSteps} compiled steps leave memory flat`, async () => {
  const step = compile(xorStep())
  const grown = await growth(compiledSteps, () => step(x, y).itemSync())
  expect(grown.memory).toBe(0)
  expect(grown.buffers).toBe(0)
  expect(grown.heap).toBeLessThan(heapAllowance)
})

test(`${uncompiledSteps} uncompiled steps leave memory flat`, async () => {
  const step = xorStep()
  const grown = await growth(uncompiledSteps, () => step(x, y).itemSync())
  expect(grown.memory).toBe(0)
  expect(grown.buffers).toBe(0)
  expect(grown.heap).toBeLessThan(heapAllowance)
})

test('uncompiled steps whose loss nobody reads leave memory flat', async () => {
  const step = xorStep()
  const grown = await growth(uncompiledSteps, () => {
    step(x, y)
    return 0
  })
  expect(grown.memory).toBe(0)
  expect(grown.heap).toBeLessThan(heapAllowance)
})

test('nets and compiled functions that nobody holds give their memory back', async () => {
  const grown = await growth(200, () => compile(xorStep())(x, y).itemSync())
  expect(grown.buffers).toBeLessThan(200)
  expect(grown.memory).toBeLessThan(2 ** 20)
})
