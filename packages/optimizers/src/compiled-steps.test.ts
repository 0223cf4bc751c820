// Steps as parts of compiled functions: one program, whatever the learning rate and the number of steps.

import { cpuBackend } from '@neurite/backend-cpu'
import { compile, useBackend } from '@neurite/compiler'
import { type Tensor, tensor, Variable } from '@neurite/tensor'
import { beforeAll, expect, test } from 'vitest'
import {
  Adadelta,
  Adafactor,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  LAMB,
  Lion,
  NAdam,
  type Optimizer,
  RAdam,
  RMSprop,
  Rprop,
  SGD,
} from './index.ts'

beforeAll(() => useBackend(cpuBackend()))

const makers: readonly (readonly [string, (x: readonly Variable[]) => Optimizer])[] = [
  ['SGD', (x) => new SGD(x)],
  ['SGD with momentum and dampening', (x) => new SGD(x, { momentum: 0.9, dampening: 0.5 })],
  ['Adagrad with decay', (x) => new Adagrad(x, { learningRateDecay: 0.1 })],
  ['Adadelta', (x) => new Adadelta(x)],
  ['RMSprop, centered with momentum', (x) => new RMSprop(x, { centered: true, momentum: 0.5 })],
  ['Adam with amsgrad', (x) => new Adam(x, { amsgrad: true })],
  ['AdamW', (x) => new AdamW(x)],
  ['Adamax', (x) => new Adamax(x)],
  ['NAdam', (x) => new NAdam(x)],
  ['RAdam', (x) => new RAdam(x)],
  ['Rprop', (x) => new Rprop(x)],
  ['Lion', (x) => new Lion(x)],
  ['LAMB', (x) => new LAMB(x)],
  ['Adafactor', (x) => new Adafactor(x)],
]

test.each(makers)('%s: compiled once, it steps as uncompiled, with new learning rates and loaded states', (_, make) => {
  let captures = 0
  const follow = (prepare: (step: (g: Tensor) => void) => (g: Tensor) => void): number[] => {
    const x = new Variable(tensor([1, -2]))
    const optimizer = make([x])
    const step = prepare((g) => {
      captures++
      optimizer.step([g])
    })
    const path: number[] = []
    const take = (count: number): void => {
      for (let i = 0; i < count; i++) {
        step(tensor([Math.sin(path.length), 1]))
        path.push(...x.value.dataSync())
      }
    }
    take(3)
    const saved = optimizer.stateDict()
    optimizer.learningRate = 0.25
    take(2)
    optimizer.loadStateDict(saved)
    take(2)
    return path
  }
  const uncompiled = follow((step) => step)
  captures = 0
  const compiled = follow((step) => compile(step))
  expect(captures).toBe(1)
  compiled.forEach((value, i) => {
    expect(value).toBeCloseTo(uncompiled[i]!, 5)
  })
})
