// Every workload with every library: one run, against a formula or a loss known from elsewhere.

import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workloads } from '../workloads/index.ts'
import type { Work } from '../workloads/workload.ts'
import { xorStep } from '../workloads/xor-step.ts'
import { libraries, pytorchEntry } from './index.ts'
import type { Library } from './library.ts'
import { trainingStep } from './neurite.ts'
import { openNeuriteExported } from './neurite-exported.ts'

/** What peers are known not to do, by library and workload. */
const unable: readonly (readonly [name: RegExp, refusal: string])[] = [
  [/^tfjs-wasm cnn-step$/, "Kernel 'Conv2DBackpropFilter' not registered for backend 'wasm'"],
  [/^onnxruntime-node \w+-step$/, 'onnxruntime-node trains nothing'],
  [/^convnetjs lstm-step$/, 'ConvNetJS has no layer for lstm'],
  [/^convnetjs transformer-step$/, 'ConvNetJS has no layer for embedding'],
  [/^convnetjs gemm-/, 'ConvNetJS has no product of matrices'],
  [/^convnetjs elementwise-chain$/, 'ConvNetJS has no arithmetic of arrays'],
  [/^brain\.js cnn-step$/, 'brain.js has no layer for conv2d'],
  [/^brain\.js lstm-step$/, 'brain.js has no layer for lstm'],
  [/^brain\.js transformer-step$/, 'brain.js has no layer for embedding'],
  [/^brain\.js (gemm-|convolution|elementwise-chain|softmax)/, 'brain.js has no arithmetic of arrays'],
  [/^js-pytorch xor-step$/, 'js-pytorch has no optimizer but Adam'],
  [/^js-pytorch (cnn|lstm|transformer)-step$/, 'js-pytorch has no layer for'],
  [/^js-pytorch convolution$/, 'js-pytorch has no convolution'],
  [/^js-pytorch elementwise-chain$/, 'js-pytorch has no tanh'],
]

// PyTorch where there is one: seconds to load, so nothing but this file starts it.
const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import torch']).status === 0,
)
if (python === undefined) console.log('PyTorch as a peer: skipped, no python3 has torch.')

describe.each(python === undefined ? libraries : [...libraries, pytorchEntry(python)])(
  '$name',
  ({ name, open, slowAt = [], only }) => {
    let library: Library
    beforeAll(async () => {
      library = await open()
      await library.activate?.()
    }, 60_000)
    afterAll(() => library.close?.())

    test('says its threads and version', () => {
      expect(library.threads).toBe(name === 'neurite-2-threads' ? 2 : 1)
      expect(library.version).toMatch(/^(workspace|\d+\.\d+\.\d+.*)$/)
    })

    // Seconds a run, and nothing in them that other sizes or workloads do not test.
    const untested = [...slowAt, 'gemm-512', 'gemm-1024']
    const tested = workloads.filter((workload) => only?.includes(workload.name) ?? !untested.includes(workload.name))
    test.each(tested)(
      '$name',
      async (workload) => {
        const refusal = unable.find(([pattern]) => pattern.test(`${name} ${workload.name}`))?.[1]
        const work = workload.make()
        const attempt = async () => {
          const task = await library.prepare(work)
          const result = await task.run()
          if (task.timeOfRun !== undefined) expect(await task.timeOfRun(2)).toBeGreaterThan(0)
          const comparable = task.comparable?.(result) ?? result
          task.close()
          return { result: comparable, differs: task.differs }
        }
        if (refusal !== undefined) {
          await expect(attempt()).rejects.toThrow(refusal)
          return
        }
        const { result, differs } = await attempt()
        if (typeof result === 'number' && name === 'brain.js') expect(differs).toContain('SGD')
        // Libraries that only update differently start from the same loss.
        else if (typeof result === 'number') expect(result).toBeCloseTo(workload.knownLosses![1]!, 3)
        else expectElements(result, work)
      },
      60_000,
    )
  },
)

function expectElements(result: Float32Array, work: Work): void {
  const { length, at } = formulaOf(work)
  expect(result).toHaveLength(length)
  // A prime step visits all rows and columns, and the last element.
  const step = work.kind === 'convolution' ? 9973 : 997
  for (let place = result.length - 1; place >= 0; place -= step) expect(result[place]).toBeCloseTo(at(place), 3)
}

interface Formula {
  readonly length: number
  at(place: number): number
}

function formulaOf(work: Work): Formula {
  switch (work.kind) {
    case 'matmul':
      return product(work)
    case 'convolution':
      return convolution(work)
    case 'elementwiseChain': {
      const { x, a, b } = work
      const at = (place: number): number =>
        Math.tanh(x.data[place]! * a.data[place]! + b.data[place]!) / (1 + Math.exp(-x.data[place]!))
      return { length: x.data.length, at }
    }
    case 'softmax':
      return softmax(work)
    case 'training':
      throw new Error('the results of training are losses')
  }
}

function product({ left, right }: Extract<Work, { kind: 'matmul' }>): Formula {
  const size = left.shape[0]!
  return {
    length: size ** 2,
    at(place) {
      const [row, column] = [Math.floor(place / size), place % size]
      let sum = 0
      for (let k = 0; k < size; k++) sum += left.data[row * size + k]! * right.data[k * size + column]!
      return sum
    },
  }
}

function convolution({ images, weight }: Extract<Work, { kind: 'convolution' }>): Formula {
  const [batch, channels, height, width] = images.shape as [number, number, number, number]
  const [out, , rows, columns] = weight.shape as [number, number, number, number]
  const pixel = (image: number, channel: number, y: number, x: number): number =>
    y < 0 || x < 0 || y >= height || x >= width
      ? 0
      : images.data[((image * channels + channel) * height + y) * width + x]!
  return {
    length: batch * out * height * width,
    at(place) {
      const [x, y] = [place % width, Math.floor(place / width) % height]
      const plane = Math.floor(place / (width * height))
      let sum = 0
      for (let i = 0; i < channels * rows * columns; i++) {
        const [channel, u, v] = [Math.floor(i / (rows * columns)), Math.floor(i / columns) % rows, i % columns]
        const factor = weight.data[(plane % out) * channels * rows * columns + i]!
        sum += factor * pixel(Math.floor(plane / out), channel, y + u - 1, x + v - 1)
      }
      return sum
    },
  }
}

function softmax({ x }: Extract<Work, { kind: 'softmax' }>): Formula {
  const columns = x.shape[1]!
  return {
    length: x.data.length,
    at(place) {
      const start = place - (place % columns)
      const row = x.data.subarray(start, start + columns)
      return Math.exp(x.data[place]!) / row.reduce((sum, value) => sum + Math.exp(value), 0)
    },
  }
}

test('what is exported ahead of time knows its one step only, and its declarations are those of the export', async () => {
  const gemm = workloads.find(({ name }) => name === 'gemm-256')!
  const library = await openNeuriteExported()
  await expect(library.prepare(gemm.make())).rejects.toThrow('only the XOR step is exported')
  const { step, x, y } = trainingStep(xorStep.make())
  const declarations = await readFile(new URL('../../exported/xor-step.d.mts', import.meta.url), 'utf8')
  expect((await step.export(x, y)).types).toBe(declarations)
})

test('a Python that is not there, or has no PyTorch, is said', async () => {
  await expect(pytorchEntry('no-such-python').open()).rejects.toThrow('no-such-python does not start')
  await expect(pytorchEntry('false').open()).rejects.toThrow('false has ended with code 1')
})
