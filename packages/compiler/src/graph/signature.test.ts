import { ones, type Tensor, tensor } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { sameSignature, signatureOf } from './signature.ts'
import { trace } from './trace.ts'

const same = (a: Tensor, b: Tensor): boolean =>
  sameSignature(signatureOf(trace([a]).graph), signatureOf(trace([b]).graph))

test('graphs that differ only in the values of their leaves are the same', () => {
  const f = (x: Tensor): Tensor => x.add(1).multiply(x).sum(0)
  expect(same(f(tensor([1, 2])), f(tensor([3, 4])))).toBe(true)
})

test('shapes, dtypes, constants, attributes and the order of operands tell graphs apart', () => {
  const [x, y] = [
    tensor([
      [1, 2],
      [3, 4],
    ]),
    tensor([
      [5, 6],
      [7, 8],
    ]),
  ]
  expect(same(x.add(y), x.add(x))).toBe(false)
  expect(same(x.sum(0), x.sum(1))).toBe(false)
  expect(same(x.add(1), x.add(2))).toBe(false)
  expect(same(x.add(0), x.add(-0))).toBe(false)
  expect(same(x.exp(), x.cast('float64').exp())).toBe(false)
  expect(same(ones([2, 3]).exp(), ones([3, 2]).exp())).toBe(false)
})
