import { type PrimitiveName, type Tensor, tensor, zeros } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { trace } from '../graph/trace.ts'
import { rewrite } from './rewrite.ts'

const x = tensor([
  [1, 2],
  [3, 4],
])

function rewritten(...roots: readonly Tensor[]): readonly PrimitiveName[] {
  return rewrite(trace(roots).graph).nodes.map(({ primitive }) => primitive)
}

test('equal computations are shared', () => {
  expect(rewritten(x.exp().add(1), x.exp().multiply(2)).filter((name) => name === 'exp')).toHaveLength(1)
})

test('computations on constants are done', () => {
  expect(rewritten(zeros([2, 2]).add(1).exp().reshape([4]))).toEqual(['constant'])
})

test('what changes nothing goes away', () => {
  expect(rewritten(x.reshape([4]).reshape([2, 2]))).toEqual(['input'])
  expect(rewritten(x.transpose(0, 1).transpose(0, 1))).toEqual(['input'])
  expect(rewritten(x.negate().negate())).toEqual(['input'])
  expect(rewritten(x.multiply(1).divide(1))).toEqual(['input'])
})

test('0 · x, x − x and x + 0 stay: NaN and the sign of zero would change', () => {
  expect(rewritten(x.multiply(0))).toContain('multiply')
  expect(rewritten(x.subtract(x))).toContain('subtract')
  expect(rewritten(x.add(0))).toContain('add')
})

test('constants of different sign of zero are told apart', () => {
  expect(rewritten(x.add(0), x.add(-0)).filter((name) => name === 'add')).toHaveLength(2)
})

test('windows that do not overlap are put back without a sum', () => {
  const apart = x.overlapAdd({ axes: [0], lengths: [4], strides: [2], dilations: [1] })
  const overlapping = x.overlapAdd({ axes: [0], lengths: [3], strides: [1], dilations: [1] })
  expect(rewritten(apart)).not.toContain('overlapAdd')
  expect(rewritten(overlapping)).toContain('overlapAdd')
})
