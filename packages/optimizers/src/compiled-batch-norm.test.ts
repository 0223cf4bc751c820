// Running statistics inside compiled functions: updated in place, in training mode only.

import { cpuBackend } from '@neurite/backend-cpu'
import { compile, useBackend } from '@neurite/compiler'
import { BatchNorm1d, evaluate, train } from '@neurite/layers'
import { key, normal, type Tensor } from '@neurite/tensor'
import { expect, test } from 'vitest'

test('compiled steps update the statistics as uncompiled ones, and notice the mode', () => {
  const batches = [1, 2, 3].map((seed): Tensor => normal([8, 3], { mean: seed, key: key(seed) }))
  const follow = (prepare: (step: (x: Tensor) => Tensor) => (x: Tensor) => Tensor): number[] => {
    const layer = new BatchNorm1d(3)
    const forward = prepare((x) => layer.forward(x))
    const found = batches.flatMap((batch) => [...forward(batch).dataSync()])
    evaluate(layer)
    found.push(...forward(batches[0]!).dataSync())
    train(layer)
    found.push(...forward(batches[1]!).dataSync(), ...layer.runningVar!.value.dataSync())
    return [...found, layer.numBatchesTracked!.value.itemSync()]
  }
  const plain = follow((step) => step)
  useBackend(cpuBackend())
  const compiled = follow((step) => compile(step))
  expect(compiled.at(-1)).toBe(4)
  compiled.forEach((value, i) => {
    expect(value).toBeCloseTo(plain[i]!, 4)
  })
})
