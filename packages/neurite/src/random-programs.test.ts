// Random graphs over all primitives: the reference rules, the interpreter of kernels and the CPU backend find the same
// values, compiled with variables and not.
//
// NEURITE_RANDOM_PROGRAMS sets how many (500), NEURITE_RANDOM_SEED where their seeds start (drawn).

import { cpuBackend } from '@neurite/backend-cpu'
import { compile, createEvaluator, useBackend } from '@neurite/compiler'
import { type Backend, printProgram, referenceBackend, validate } from '@neurite/compiler/kernel'
import { RandomStream } from '@neurite/data'
import { bind, installEvaluator, referenceEvaluator, type Tensor, Variable } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import type { BoundedValue } from './test/bounded-value.ts'
import { primitivesIn, randomGraph, toleranceOf } from './test/random-graph.ts'
import { randomPrimitives } from './test/random-primitives.ts'

const programs = Number(process.env.NEURITE_RANDOM_PROGRAMS ?? 500)
const firstSeed = Number(process.env.NEURITE_RANDOM_SEED ?? Math.floor(Math.random() * 2 ** 30))
const backends: readonly Backend[] = [referenceBackend(), cpuBackend()]

function leaf(
  data: Float32Array | Float64Array | Int32Array | Uint8Array,
  shape: readonly number[],
  dtype: Tensor['dtype'],
): Tensor {
  const tensor = bind('input', [], { shape, dtype })
  tensor.realize(data)
  return tensor
}

/** The backend with its programs checked; `last` tells which it prepared. */
function checked(backend: Backend): Backend & { last: string } {
  const watched = {
    ...backend,
    last: '',
    prepare(...[program, states]: Parameters<Backend['prepare']>) {
      watched.last = printProgram(program)
      validate(program)
      return backend.prepare(program, states)
    },
  }
  return watched
}

describe.each(backends)('backend $name', (backend) => {
  test(`${programs} random graphs from seed ${firstSeed} have the reference's values`, () => {
    const used = new Set<string>()
    for (let seed = firstSeed; seed < firstSeed + programs; seed++) {
      const values = randomGraph(new RandomStream(seed), 1 + (seed % 12), leaf)
      const roots = values.map(({ tensor }) => tensor)
      for (const name of primitivesIn(roots)) used.add(name)
      const expected = referenceEvaluator.evaluateSync!(roots)
      const machine = checked(backend)
      const found = attempt(`seed ${seed}`, machine, () => createEvaluator(machine).evaluateSync!(roots))
      compare(values, found, expected, `seed ${seed}`, machine.last)
    }
    if (programs >= 500) expect([...used].sort()).toEqual([...Object.keys(randomPrimitives), 'input'].sort())
  }, 600_000)

  test(`${programs} compiled functions from seed ${firstSeed} update variables as the reference does`, () => {
    const machine = checked(backend)
    useBackend(machine)
    try {
      for (let seed = firstSeed; seed < firstSeed + programs; seed++) checkCompiled(seed, machine)
    } finally {
      installEvaluator(referenceEvaluator)
    }
  }, 600_000)
})

/** One function that reads arguments, variables and tensors from outside, and assigns to its variables what fits them. */
function checkCompiled(seed: number, machine: { readonly last: string }): void {
  const leaves: Tensor[] = []
  const variables: Variable[] = []
  const keep: typeof leaf = (data, shape, dtype) => {
    const tensor = leaf(data, shape, dtype)
    if (leaves.push(tensor) % 3 === 1) variables.push(new Variable(tensor))
    return tensor
  }
  const size = 1 + (seed % 12)
  const expectedRoots = randomGraph(new RandomStream(seed), size, keep)
  const expectedNext = variables.map((variable, place) =>
    nextValue(place, variables.map(currentValue), expectedRoots, variable),
  )
  const expected = referenceEvaluator.evaluateSync!([...expectedRoots, ...expectedNext].map(({ tensor }) => tensor))

  const step = compile((args: readonly Tensor[]) => {
    let made = 0
    const roots = randomGraph(new RandomStream(seed), size, () => {
      const place = made++
      if (place % 3 === 0) return variables[place / 3]!.value
      return place % 3 === 1 ? args[place]! : leaves[place]!
    })
    const old = variables.map(currentValue)
    variables.forEach((variable, place) => {
      variable.assign(nextValue(place, old, roots, variable).tensor)
    })
    return roots.map(({ tensor }) => tensor)
  })
  const found = attempt(`seed ${seed}`, machine, () => step(leaves).map((root) => root.dataSync()))
  const foundNext = variables.map((variable) => variable.value.dataSync())
  compare(
    [...expectedRoots, ...expectedNext],
    [...found, ...foundNext],
    expected,
    `compiled, seed ${seed}`,
    machine.last,
  )
}

function currentValue({ value }: Variable): Tensor {
  return value
}

/** A root that fits the variable, another variable (so that some swap) or something computed in place. */
function nextValue(
  place: number,
  values: readonly Tensor[],
  roots: readonly BoundedValue[],
  variable: Variable,
): BoundedValue {
  const fits = ({ shape, dtype }: Tensor): boolean => dtype === variable.dtype && shape.join() === variable.shape.join()
  const root = roots.find(({ tensor }) => fits(tensor))
  if (root !== undefined && place % 2 === 0) return root
  const own = values[place]!
  const other = values.find((value) => value !== own && fits(value))
  if (other !== undefined) return { tensor: other, bound: 4, grain: 1 / 8 }
  const changed = bind(own.dtype === 'bool' ? 'xor' : 'add', [own, own], {})
  return { tensor: changed, bound: 8, grain: 1 / 8 }
}

function compare(
  values: readonly BoundedValue[],
  found: readonly ArrayLike<number>[],
  expected: readonly ArrayLike<number>[],
  what: string,
  program: string,
): void {
  values.forEach((value, place) => {
    const difference = worstDifference(found[place]!, expected[place]!)
    if (difference.size > toleranceOf(value))
      expect.fail(`${what}, value ${place}, ${difference.text} (tolerance ${toleranceOf(value)})\n${program}`)
  })
}

function attempt<Result>(what: string, machine: { readonly last: string }, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.stack : error}\n${machine.last}`)
  }
}

function worstDifference(found: ArrayLike<number>, expected: ArrayLike<number>): { size: number; text: string } {
  let worst = { size: 0, text: 'equal' }
  if (found.length !== expected.length) return { size: Infinity, text: `${found.length} elements` }
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [found[i]!, expected[i]!]
    const size = Object.is(a, b) || a === b ? 0 : Math.abs(a - b)
    if (!(size <= worst.size))
      worst = { size: Number.isNaN(size) ? Infinity : size, text: `element ${i}: ${a}, not ${b}` }
  }
  return worst
}
