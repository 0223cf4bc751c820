// A deep stack of blocks trained with and without checkpoints: the same numbers from less memory.

import { expect, test } from 'vitest'
import {
  Adam,
  type Compiled,
  checkpoint,
  compile,
  explain,
  gradients,
  Linear,
  normal,
  parameters,
  Sequential,
  seed,
  type Tensor,
  tanh,
} from './index.ts'

const [depth, width, inner, batch] = [8, 16, 64, 128]

interface Trained {
  readonly step: Compiled<(x: Tensor<[number, number]>) => Tensor>
  readonly weights: ReadonlyMap<string, { readonly value: Tensor }>
}

function stackOf(wrap: (f: (x: Tensor) => Tensor) => (x: Tensor) => Tensor): Trained {
  seed(3)
  const blocks = Array.from(
    { length: depth },
    () => new Sequential(new Linear(width, inner), tanh, new Linear(inner, inner), tanh, new Linear(inner, width)),
  )
  const weights = new Map(
    blocks.flatMap((block, i) => [...parameters(block)].map(([name, weight]) => [`${i}.${name}`, weight] as const)),
  )
  const optimizer = new Adam(weights, { learningRate: 1e-3 })
  const step = compile((x: Tensor<[number, number]>) => {
    const h = blocks.reduce<Tensor>((h, block) => wrap((x) => block.forward(x) as Tensor)(h).add(h), x)
    const loss: Tensor = h.square().mean()
    optimizer.step(gradients(loss, weights))
    return loss
  })
  return { step, weights }
}

function arenaBytes({ step }: Trained, x: Tensor<[number, number]>): number {
  return Number(/arena (\d+)/.exec(explain(step, x))![1])
}

test('checkpointed blocks train alike with less than half of the memory', { timeout: 30_000 }, () => {
  const x = normal([batch, width])
  const plain = stackOf((f) => f)
  const checkpointed = stackOf(checkpoint)
  expect(arenaBytes(checkpointed, x)).toBeLessThan(arenaBytes(plain, x) / 2)
  for (let i = 0; i < 3; i++) {
    const [expected, found] = [plain.step(x).itemSync() as number, checkpointed.step(x).itemSync() as number]
    expect(Math.abs(found - expected)).toBeLessThan(1e-6 * expected)
  }
  for (const [name, { value }] of plain.weights) {
    const found = checkpointed.weights.get(name)!.value.dataSync()
    value.dataSync().forEach((expected: number, i: number) => {
      expect(Math.abs(found[i]! - expected)).toBeLessThan(1e-5)
    })
  }
})
