// What gradients are made of: graphs that compile as well as what they are gradients of.

import { conv2d, maxPool2d, type Tensor } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { gradients, vjp } from '../index.ts'
import { scattered } from '../test/scattered.ts'

/** Primitives that compute a tensor from known ones, each as often as it occurs. */
function primitivesOf(result: Tensor, known: readonly Tensor[]): string[] {
  const seen = new Set<Tensor>(known)
  const found: string[] = []
  const stack = [result]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    found.push(node.primitive)
    stack.push(...node.inputs)
  }
  return found.sort()
}

/** Primitives of the cotangents of x by those of y. */
function primitivesBetween(y: Tensor, xs: readonly Tensor[], known: readonly Tensor[] = []): string[][] {
  const cotangent = scattered(y.shape, { seed: 5 })
  return vjp(y, xs)(cotangent).map((gradient: Tensor) => primitivesOf(gradient, [cotangent, y, ...xs, ...known]))
}

describe('the gradient', () => {
  it('of a matrix product is a contraction for each operand', () => {
    const [left, right] = [scattered([4, 3]), scattered([3, 5])]
    expect(primitivesBetween(left.matmul(right), [left, right])).toEqual([['contract'], ['contract']])
  })

  it.each([
    ['x · w', [1, 0], [3, 5]],
    ['x · wᵀ', [1, 1], [5, 3]],
    ['xᵀ · w', [0, 0], [4, 5]],
    ['xᵀ · wᵀ', [0, 1], [5, 4]],
  ] as const)('of %s has no transposition', (_, pair, shape) => {
    const [left, right] = [scattered([4, 3]), scattered(shape)]
    const y = left.contract(right, { over: [pair] })
    expect(primitivesBetween(y, [left, right])).toEqual([['contract'], ['contract']])
  })

  it('of a batch of products has none, and none of a batch with one matrix', () => {
    const [left, right, one] = [scattered([2, 4, 3]), scattered([2, 3, 5]), scattered([3, 5])]
    expect(primitivesBetween(left.matmul(right), [left, right])).toEqual([['contract'], ['contract']])
    expect(primitivesBetween(left.matmul(one), [left, one])).toEqual([['contract'], ['contract']])
  })

  it('of a sum is a broadcast, and of a broadcast a sum', () => {
    const matrix = scattered([4, 3])
    expect(primitivesBetween(matrix.sum(0), [matrix])).toEqual([['broadcast', 'reshape']])
    const row = scattered([3])
    expect(primitivesBetween(row.broadcastTo([4, 3]), [row])).toEqual([['sum']])
  })

  it('of an addition is the cotangent itself', () => {
    const [a, b] = [scattered([3]), scattered([3])]
    expect(primitivesBetween(a.add(b), [a, b])).toEqual([[], []])
  })

  it('of max-pooling goes through overlapAdd', () => {
    const image = scattered([1, 1, 4, 4])
    const [primitives] = primitivesBetween(maxPool2d(image, { kernelSize: 2 }), [image])
    expect(primitives!.filter((name) => name === 'overlapAdd')).toHaveLength(1)
    expect(primitives).not.toContain('scatterAdd')
  })

  it('of a convolution is a convolution for each operand', () => {
    const [image, kernel] = [scattered([2, 3, 5, 5]), scattered([4, 3, 3, 3])]
    const y = conv2d(image, kernel, { padding: 1, stride: 2 })
    for (const primitives of primitivesBetween(y, [image, kernel]))
      expect(primitives.filter((name) => name === 'convolution')).toHaveLength(1)
  })

  it('has nothing of what does not lead to the targets', () => {
    const [x, aside] = [scattered([3]), scattered([3])]
    const fixed = aside.exp().sin().tanh()
    const gradient = gradients(x.multiply(fixed).sum(), x)
    expect(new Set(primitivesOf(gradient, [fixed]))).toEqual(new Set(['constant', 'reshape', 'broadcast', 'multiply']))
  })
})
