import { type Tensor, tensor } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { trace } from '../graph/trace.ts'
import { rewrite } from '../rewrite/rewrite.ts'
import { buildProgram } from './build-program.ts'

/** Bytes that a program of these results takes for its values, arguments and results included. */
function arenaBytes(roots: readonly Tensor[]): number {
  const { graph, leaves } = trace(roots)
  const inputs = leaves.map(() => ({ kind: 'argument' }) as const)
  return buildProgram(rewrite(graph), { inputs, outputCount: roots.length, assigned: [] }).arenaBytes
}

test('what frees memory runs as soon as it can, in whatever order results are asked for', () => {
  const [size, length] = [32, 16]
  const matrix: Tensor = tensor(new Float32Array(size * size), { shape: [size, size] })
  const column: Tensor = tensor(new Float32Array(size), { shape: [size, 1] })
  const chain = [matrix.add(1) as Tensor]
  for (let i = 0; i < length; i++) chain.push(chain.at(-1)!.matmul(matrix).tanh())
  // Each keeps a link of the chain alive until it is computed; the last link comes first.
  const summaries = chain.map((link) => link.matmul(column))
  const bytes = 4 * size * size
  expect(arenaBytes([chain.at(-1)!, ...summaries])).toBeLessThan(6 * bytes)
  expect(arenaBytes([...summaries].reverse())).toBeLessThan(6 * bytes)
})
