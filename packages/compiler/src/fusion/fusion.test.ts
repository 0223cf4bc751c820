import { relu, softmax, type Tensor, Variable, zeros } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { compile } from '../compile/compile.ts'
import { explain } from '../explain/explain.ts'
import { trace } from '../graph/trace.ts'
import { type Program, referenceBackend } from '../kernel/index.ts'
import { buildProgram } from '../program/build-program.ts'
import { rewrite } from '../rewrite/rewrite.ts'
import { useBackend } from '../runtime/installed-backend.ts'

useBackend(referenceBackend())

/** The program of some tensors whose leaves are arguments. */
function programOf(...roots: readonly Tensor[]): Program {
  const { graph, leaves } = trace(roots)
  return buildProgram(rewrite(graph), {
    inputs: leaves.map(() => ({ kind: 'argument' })),
    outputCount: roots.length,
    assigned: [],
  })
}

/** A leaf that is known, so that graphs end there. */
function known(...shape: readonly number[]): Tensor {
  const result: Tensor = zeros(shape)
  result.dataSync()
  return result
}

const labels = ({ kernels }: Program): readonly string[] => kernels.map(({ label }) => label)

test('an elementwise chain is one kernel', () => {
  const x = known(8, 16)
  expect(programOf(x.multiply(2).tanh().add(x).exp()).kernels).toHaveLength(1)
})

test('several results of the same points are one kernel', () => {
  const x = known(8, 16)
  const y = x.exp()
  expect(programOf(y, y.add(1), y.multiply(x)).kernels).toHaveLength(1)
})

test('a reduction takes its producers and its consumers in', () => {
  const x = known(8, 16)
  expect(programOf(x.multiply(x).sum(1).add(1).sqrt()).kernels).toHaveLength(1)
  expect(programOf(x.multiply(x).sum(0).add(1).sqrt()).kernels).toHaveLength(1)
})

test('reductions of the same values are one pass over them, unless one waits for the other', () => {
  const x = known(8, 16)
  const y = x.matmul(known(16, 16))
  expect(labels(programOf(y.max(1), y.argMax(1), y.sum(1)))).toEqual(['contract', 'max + argMax + sum'])
  const scaled = y.multiply(y.max().reshape([1, 1])).exp()
  expect(programOf(y.max(), scaled.matmul(x.transpose(0, 1)).sum(), y.sum()).kernels).toHaveLength(4)
})

test('softmax and layer normalization are one pass over the rows', () => {
  const x = known(8, 16)
  expect(labels(programOf(softmax(x, 1)))).toEqual(['max + exp + sum + multiply'])
  const centred = x.subtract(x.mean(1, { keepAxes: true }))
  const variance = centred.multiply(centred).mean(1, { keepAxes: true })
  expect(programOf(centred.divide(variance.add(1e-5).sqrt())).kernels).toHaveLength(1)
})

test('bias, activation and residual are the epilogue of a contraction, casts and views its prologue', () => {
  const [x, weight, bias, residual] = [known(4, 8), known(6, 8), known(6), known(4, 6)]
  const y = relu(x.matmul(weight.transpose(0, 1)).add(bias)).add(residual)
  expect(programOf(y).kernels.map(({ kind }) => kind)).toEqual(['contraction'])
})

test('what is read at several places is computed once, not once per place and step', () => {
  let x = known(1000)
  for (let i = 0; i < 8; i++) x = x.add(x.slice({ starts: [1] }).pad({ low: [0], high: [1] }))
  const { kernels } = programOf(x)
  expect(kernels.length).toBeGreaterThan(2)
  expect(kernels.length).toBeLessThan(9)
})

test('a kernel has a limited number of steps', () => {
  let x = known(8, 16)
  for (let i = 0; i < 40; i++) x = x.subtract(x.max(1, { keepAxes: true })).tanh()
  const longest = Math.max(...programOf(x).kernels.map((kernel) => (kernel.kind === 'loop' ? kernel.steps.length : 1)))
  expect(longest).toBeGreaterThan(4)
  expect(longest).toBeLessThan(31)
})

test('an optimizer’s updates of a parameter are the epilogue of its gradient', () => {
  const [weight, moment] = [new Variable(known(8, 6)), new Variable(known(8, 6))]
  const [x, y] = [known(4, 8), known(4, 6)]
  const step = compile(() => {
    const gradient = x.transpose(0, 1).matmul(y)
    moment.assign(moment.value.multiply(0.9).add(gradient))
    weight.assign(weight.value.subtract(moment.value.multiply(0.1)))
  })
  expect(explain(step)).toContain('program: 1 kernels')
})

test('a reduction of what only later kernels know is no part of theirs', () => {
  const x = known(4, 6)
  const row = x.matmul(x.transpose(0, 1)).sum(1)
  // The product needs the sum of the rows of another product: two contractions, none waiting for itself.
  expect(programOf(row.unsqueeze(1).multiply(x).matmul(x.transpose(0, 1))).kernels.map(({ kind }) => kind)).toEqual([
    'contraction',
    'loop',
    'contraction',
  ])
})

test('a reduction to a scalar is no part of a contraction to a scalar whose result it meets', () => {
  const x = known(5)
  expect(
    programOf(x.dot(x).add(x.exp().sum()))
      .kernels.map(({ kind }) => kind)
      .sort(),
  ).toEqual(['contraction', 'loop'])
})
