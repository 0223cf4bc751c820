import { describe, expect, test } from 'vitest'
import { zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import { uniform } from '../random/uniform.ts'
import type { Tensor } from '../tensor.ts'
import { Variable } from '../variable.ts'
import { stack } from './concatenate.ts'
import { scan } from './scan.ts'
import { tanh } from './sigmoid.ts'

const x = tensor([1, 2, 3, 4])

test('carries a sum along and gives what each step gives', () => {
  const [total, sums] = scan(
    (sum: Tensor<[]>, element: Tensor<[]>) => {
      const next = sum.add(element)
      return [next, next.multiply(10)]
    },
    zeros([]),
    x,
  )
  expect(total.itemSync()).toBe(10)
  expect(sums.toArraySync()).toEqual([10, 30, 60, 100])
})

test('in reverse runs from the last element, and outputs stay at the places of their elements', () => {
  const [total, sums] = scan(
    (sum: Tensor<[]>, element: Tensor<[]>) => [sum.multiply(2).add(element), sum],
    zeros([]),
    x,
    { reverse: true },
  )
  expect(total.itemSync()).toBe(49)
  expect(sums.toArraySync()).toEqual([24, 11, 4, 0])
})

test('a recurrent net is its unrolled steps', () => {
  const [inputs, hidden] = [uniform([5, 2, 3], { low: -1, high: 1 }), zeros([2, 4])]
  const [inWeight, weight] = [uniform([3, 4]), uniform([4, 4])]
  const cell = (h: Tensor, input: Tensor): Tensor => tanh(input.matmul(inWeight).add(h.matmul(weight)))
  const [last, states] = scan(
    (h: Tensor, input: Tensor) => [cell(h, input), { h, input }] as const,
    hidden as Tensor,
    inputs as Tensor,
  )

  let h: Tensor = hidden
  const before: Tensor[] = []
  for (let step = 0; step < 5; step++) {
    before.push(h)
    h = cell(h, inputs.select(0, step))
  }
  expect(last.toArraySync()).toEqual(h.toArraySync())
  expect(states.h.toArraySync()).toEqual(stack(before, 0).toArraySync())
  expect(states.input.toArraySync()).toEqual(inputs.toArraySync())
})

test('structures, variables and several sequences', () => {
  const factor = new Variable(tensor(3))
  const [state, products] = scan(
    (carry: { sum: Tensor; count: Tensor }, [a, b]: readonly [Tensor, Tensor]) => [
      { sum: carry.sum.add(a.multiply(factor.value)), count: carry.count.add(1) },
      [a.multiply(b)] as const,
    ],
    { sum: tensor(0) as Tensor, count: tensor(0, { dtype: 'int32' }) as Tensor },
    [x, tensor([10, 20, 30, 40])] as const,
  )
  expect(state.sum.itemSync()).toBe(30)
  expect(state.count.itemSync()).toBe(4)
  expect(products[0].toArraySync()).toEqual([10, 40, 90, 160])
})

test('no steps leave the carry as it was', () => {
  const [carry, outputs] = scan(
    (c: Tensor, e: Tensor) => [c.add(e), e] as const,
    tensor(7) as Tensor,
    zeros([0]) as Tensor,
  )
  expect(carry.itemSync()).toBe(7)
  expect(outputs.shape).toEqual([0])
})

describe('says what is wrong', () => {
  const step = (c: Tensor, e: Tensor): readonly [Tensor, Tensor] => [c.add(e), e]

  test('with the sequences', () => {
    expect(() => scan(step, zeros([]) as Tensor, tensor(1) as Tensor)).toThrow('a sequence needs a first axis')
    expect(() =>
      scan(
        (c: Tensor, e: readonly [Tensor, Tensor]) => [c, e] as const,
        zeros([]) as Tensor,
        [x, tensor([1])] as const,
      ),
    ).toThrow('scan: the sequences differ in length: 4, 1.')
  })

  test('with the carry', () => {
    expect(() =>
      scan((c: Tensor, e: Tensor) => [c.add(e).unsqueeze(0), e] as const, zeros([]) as Tensor, x as Tensor),
    ).toThrow('scan: a step turns a carry of shape [] into one of [1].')
    expect(() =>
      scan((c: Tensor, e: Tensor) => [c.add(e), e] as const, tensor(0, { dtype: 'int32' }) as Tensor, x as Tensor),
    ).toThrow('scan: a step turns a int32 carry into a float32 one.')
  })

  test('with a step that assigns', () => {
    const total = new Variable(tensor(0))
    expect(() =>
      scan(
        (c: Tensor, e: Tensor) => {
          total.assign(e)
          return [c, e] as const
        },
        zeros([]) as Tensor,
        x as Tensor,
      ),
    ).toThrow('scan: a step assigned a variable')
  })
})
