import { installEvaluator, referenceEvaluator } from '@neurite/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RecordedCase, RecordedTensor } from './format/recorded.ts'
import { TensorReader } from './format/tensors.ts'
import { runCase, type Verdict } from './run-case.ts'

beforeAll(() => installEvaluator(referenceEvaluator))

const common = { name: 'case', attrs: {}, tolerance: { abs: 1e-6, rel: 1e-6 } }

function run(fields: object): Promise<Verdict> {
  return runCase({ ...common, ...fields } as unknown as RecordedCase, new TensorReader('float32'))
}

function vector(...data: number[]): RecordedTensor {
  return { shape: [data.length], dtype: 'float32', data }
}

const square = {
  kind: 'function',
  op: 'square',
  inputs: { input: vector(1, 3) },
  cotangents: { y: vector(1, 10) },
  expected: { outputs: { y: vector(1, 9) }, grads: { input: vector(2, 60) } },
}

describe('a case', () => {
  it('passes where values and gradients agree', async () => {
    expect(await run(square)).toEqual({ kind: 'passed' })
  })

  it('fails where one of them differs', async () => {
    const wrongValue = { ...square, expected: { ...square.expected, outputs: { y: vector(1, 8) } } }
    expect(await run(wrongValue)).toMatchObject({
      kind: 'failed',
      differences: [expect.stringMatching(/^outputs.y: 9 instead of 8/)],
    })
    const wrongGradient = { ...square, expected: { ...square.expected, grads: { input: vector(2, 61) } } }
    expect(await run(wrongGradient)).toMatchObject({
      kind: 'failed',
      differences: [expect.stringMatching(/^grads.input: 60 instead of 61 at \[1\]/)],
    })
  })

  it('fails where outputs are too few, or neurite throws', async () => {
    const two = { ...square, expected: { outputs: { y0: vector(1, 9), y1: vector(1) } } }
    expect(await run(two)).toEqual({ kind: 'failed', differences: ['1 outputs instead of 2: y0,y1'] })
    const broken = { ...square, op: 'matmul', inputs: { input: vector(1, 2), other: vector(1, 2, 3) } }
    expect(await run(broken)).toMatchObject({
      kind: 'failed',
      differences: [expect.stringContaining('matmul: inner sizes')],
    })
  })

  it('is skipped only where the vocabulary lacks the word', async () => {
    expect(await run({ ...square, op: 'conjure' })).toEqual({ kind: 'skipped', why: 'The vocabulary has no conjure.' })
    expect(await run({ ...square, kind: 'seance' })).toMatchObject({ kind: 'skipped' })
  })
})

describe('kinds', () => {
  it('optimizer: all parameters after every step', async () => {
    const steps = {
      kind: 'optimizer',
      op: 'SGD',
      attrs: { lr: 0.5 },
      params: { w: vector(1, 2) },
      grads: [{ w: vector(1, 0) }, { w: vector(0, 1) }],
    }
    const right = [{ w: vector(0.5, 2) }, { w: vector(0.5, 1.5) }]
    expect(await run({ ...steps, expected: { params: right } })).toEqual({ kind: 'passed' })
    const wrong = [{ w: vector(0.5, 2) }, { w: vector(0.5, 1) }]
    expect(await run({ ...steps, expected: { params: wrong } })).toMatchObject({
      kind: 'failed',
      differences: [expect.stringMatching(/^params.w after step 1: 1.5 instead of 1/)],
    })
  })

  it('module: parameters have gradients too', async () => {
    const layer = {
      kind: 'module',
      op: 'Linear',
      mode: 'train',
      attrs: { in_features: 2, out_features: 1 },
      params: { weight: { ...vector(2, 3), shape: [1, 2] }, bias: vector(1) },
      inputs: { input: vector(10, 20) },
      cotangents: { y: vector(2) },
    }
    const grads = {
      input: vector(4, 6),
      'params.weight': { ...vector(20, 40), shape: [1, 2] },
      'params.bias': vector(2),
    }
    expect(await run({ ...layer, expected: { outputs: { y: vector(81) }, grads } })).toEqual({ kind: 'passed' })
    const wrong = { ...grads, 'params.bias': vector(1) }
    expect(await run({ ...layer, expected: { outputs: { y: vector(81) }, grads: wrong } })).toMatchObject({
      differences: [expect.stringMatching(/^grads.params.bias: 2 instead of 1/)],
    })
  })

  it('nth, jvp and hessian of x³', async () => {
    const cube = { op: 'pow', attrs: { exponent: 3 }, inputs: { input: vector(2) } }
    expect(await run({ ...cube, kind: 'nth', order: 2, expected: { derivative: vector(12) } })).toEqual({
      kind: 'passed',
    })
    const pushed = { outputs: { y: vector(8) }, jvp: { y: vector(6) } }
    expect(await run({ ...cube, kind: 'jvp', vectors: { input: vector(0.5) }, expected: pushed })).toEqual({
      kind: 'passed',
    })
    const matrix = { ...vector(12), shape: [1, 1] }
    expect(await run({ ...cube, kind: 'hessian', expected: { hessian: matrix } })).toEqual({ kind: 'passed' })
  })
})
