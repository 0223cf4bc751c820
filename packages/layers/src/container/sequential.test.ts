import { relu, type Tensor, tensor } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { Flatten, Linear, loadStateDict, type Module, parameters, Sequential } from '../index.ts'

const double = (x: Tensor): Tensor => x.multiply(2)
const x = tensor([[1, -2]])

test('stages apply from first to last, modules and functions alike', () => {
  const square: Module = { forward: (y) => y.square() }
  expect(new Sequential(square, double).forward(x).toArraySync()).toEqual([[2, 8]])
  expect(new Sequential(double, square).forward(x).toArraySync()).toEqual([[4, 16]])
})

test('without stages it is the identity', () => {
  expect(new Sequential().forward(x)).toBe(x)
})

test('a net of two layers gives what its formula says', () => {
  const model = new Sequential(new Linear(2, 2), relu, new Linear(2, 1, { bias: false }))
  loadStateDict(model, {
    '0.weight': tensor([
      [1, 0],
      [0, 1],
    ]),
    '0.bias': tensor([1, 1]),
    '2.weight': tensor([[10, 1]]),
  })
  expect(
    model
      .forward(
        tensor([
          [1, 2],
          [-3, -0.5],
        ]),
      )
      .toArraySync(),
  ).toEqual([[23], [0.5]])
})

test('nests, with names that nest too', () => {
  const model = new Sequential(new Sequential(double, new Linear(2, 2)), new Flatten())
  expect([...parameters(model).keys()]).toEqual(['0.1.weight', '0.1.bias'])
})

describe('stages', () => {
  test('are read by position and iterated over', () => {
    const first = new Linear(2, 2)
    const model = new Sequential(first, relu)
    expect(model[0]).toBe(first)
    expect(model.length).toBe(2)
    expect(Array.from(model)).toEqual([first, relu])
  })

  test('that are neither module nor function are an error', () => {
    const wrong = { weight: 1 } as unknown as Module
    expect(() => new Sequential(relu, wrong)).toThrow(
      'Sequential: stage 1 is neither a module (an object with `forward`) nor a function.',
    )
  })
})
