// Random graphs over all primitives under vmap: on many examples at once, compiled, they have the values that the reference rules
// find for one after the other.
//
// NEURITE_RANDOM_PROGRAMS sets how many (300), NEURITE_RANDOM_SEED where their seeds start (drawn).

import { vmap } from '@neurite/autograd'
import { cpuBackend } from '@neurite/backend-cpu'
import { compile, useBackend } from '@neurite/compiler'
import { RandomStream } from '@neurite/data'
import { bind, installEvaluator, referenceEvaluator, type Tensor, type TypedArray } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { primitivesIn, randomGraph, toleranceOf } from './test/random-graph.ts'
import { randomPrimitives } from './test/random-primitives.ts'

const programs = Number(process.env.NEURITE_RANDOM_PROGRAMS ?? 300)
const firstSeed = Number(process.env.NEURITE_RANDOM_SEED ?? Math.floor(Math.random() * 2 ** 30))
const examples = 3

interface Leaf {
  readonly data: TypedArray
  readonly shape: readonly number[]
  readonly dtype: Tensor['dtype']
}

function known({ data, shape, dtype }: Leaf): Tensor {
  const tensor = bind('input', [], { shape, dtype })
  tensor.realize(data)
  return tensor
}

/** The leaf as another example has it: its elements have changed places, so that indices stay in range. */
function exampleOf(leaf: Leaf, example: number): Leaf {
  const { data } = leaf
  return { ...leaf, data: data.map((_: number, i: number) => data[(i + example) % data.length]!) as TypedArray }
}

function allExamples(leaf: Leaf): Tensor {
  const data = leaf.data.slice(0, 0).constructor as new (length: number) => TypedArray
  const all = new data(examples * leaf.data.length)
  for (let example = 0; example < examples; example++)
    all.set(exampleOf(leaf, example).data, example * leaf.data.length)
  return known({ data: all, shape: [examples, ...leaf.shape], dtype: leaf.dtype })
}

/** The graph of a seed with leaves chosen by their place. */
function graphOf(seed: number, choose: (place: number, leaf: Leaf) => Tensor): ReturnType<typeof randomGraph> {
  let made = 0
  return randomGraph(new RandomStream(seed), 1 + (seed % 12), (data, shape, dtype) =>
    choose(made++, { data, shape, dtype }),
  )
}

function check(seed: number, used: Set<string>): void {
  const leaves: Leaf[] = []
  const first = graphOf(seed, (_, leaf) => known(leaves[leaves.push(leaf) - 1]!))
  for (const name of primitivesIn(first.map(({ tensor }) => tensor))) used.add(name)
  if (leaves.length === 0) return
  // Some leaves are the same for all examples, but not all of them.
  const differs = leaves.map((_, place) => place === seed % leaves.length || (seed >> (place % 16)) % 2 === 0)

  const inAxes = [differs.map((does) => (does ? 0 : null))]
  const f = vmap((args: readonly Tensor[]) => graphOf(seed, (place) => args[place]!).map(({ tensor }) => tensor), {
    inAxes,
  })
  const args = leaves.map((leaf, place) => (differs[place] ? allExamples(leaf) : known(leaf)))
  const found = compile(f)(args).map((root) => ({ shape: root.shape, data: root.dataSync() }))

  for (let example = 0; example < examples; example++) {
    const single = graphOf(seed, (place, leaf) => known(differs[place] ? exampleOf(leaf, example) : leaf))
    const expected = referenceEvaluator.evaluateSync!(single.map(({ tensor }) => tensor))
    single.forEach((value, root) => {
      const what = `seed ${seed}, root ${root}, example ${example}`
      expect(found[root]!.shape, what).toEqual([examples, ...value.tensor.shape])
      const { size } = value.tensor
      const tolerance = toleranceOf(value)
      expected[root]!.forEach((wanted, i) => {
        const element = found[root]!.data[example * size + i]!
        if (!Object.is(element, wanted) && !(Math.abs(element - wanted) <= tolerance))
          expect.fail(`${what}, element ${i}: ${element}, not ${wanted} (tolerance ${tolerance})`)
      })
    })
  }
}

test(`${programs} random graphs from seed ${firstSeed} under vmap have the values of single examples`, () => {
  useBackend(cpuBackend())
  const used = new Set<string>()
  try {
    for (let seed = firstSeed; seed < firstSeed + programs; seed++)
      try {
        check(seed, used)
      } catch (error) {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : error}`)
      }
  } finally {
    installEvaluator(referenceEvaluator)
  }
  if (programs >= 300) expect([...used].sort()).toEqual([...Object.keys(randomPrimitives), 'input'].sort())
}, 600_000)
