// Small graphs are interpreted when they are met for the first time and compiled when they are met again: nobody may notice.

import { cpuBackend } from '@neurite/backend-cpu'
import { createEvaluator } from '@neurite/compiler'
import { RandomStream } from '@neurite/data'
import { bind } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { randomGraph } from './test/random-graph.ts'

const graphs = 1500
const firstSeed = Number(process.env.NEURITE_RANDOM_SEED ?? Math.floor(Math.random() * 2 ** 30))

test(`${graphs} random graphs from seed ${firstSeed} have the same values when they are met again`, () => {
  const evaluator = createEvaluator(cpuBackend(), { fewElements: 4096 })
  for (let seed = firstSeed; seed < firstSeed + graphs; seed++) {
    const values = randomGraph(new RandomStream(seed), 1 + (seed % 3), (data, shape, dtype) => {
      const leaf = bind('input', [], { shape, dtype })
      leaf.realize(data)
      return leaf
    })
    const roots = values.map((value) => value.tensor)
    expect(evaluator.evaluateSync!(roots), `seed ${seed}`).toEqual(evaluator.evaluateSync!(roots))
  }
}, 600_000)
