import { type Tensor, tensor, Variable, zeros } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { Adagrad, Adam, type Optimizer, RMSprop, SGD } from './index.ts'

const values = (variable: Variable): number[] => [...variable.value.dataSync()]

describe('gradients', () => {
  test.each([
    [
      'a map',
      (a: unknown, b: unknown) =>
        new Map([
          ['a', a],
          ['b', b],
        ]),
    ],
    ['a record', (a: unknown, b: unknown) => ({ a, b })],
    ['a list', (a: unknown, b: unknown) => [a, b]],
  ])('are matched with the parameters of %s', (_, collect) => {
    const [a, b] = [new Variable(tensor([1, 2])), new Variable(tensor(3))]
    const optimizer = new SGD(collect(a, b) as Map<string, Variable>, { learningRate: 1 })
    optimizer.step(collect(tensor([1, 1]), tensor(2)) as Map<string, Tensor>)
    expect([values(a), values(b)]).toEqual([[0, 1], [1]])
  })

  test('that are missing, unknown or of another shape are errors, and nothing moves', () => {
    const weight = new Variable(tensor([1, 2]))
    const optimizer = new SGD({ weight })
    expect(() => optimizer.step({})).toThrow('SGD: parameter "weight" has no gradient.')
    expect(() => optimizer.step({ weight: zeros([2]), bias: zeros([2]) })).toThrow(
      'SGD: gradient "bias" belongs to no parameter.',
    )
    expect(() => optimizer.step({ weight: zeros([3]) })).toThrow(
      'SGD: the gradient of "weight" is [3], the parameter [2].',
    )
    expect(values(weight)).toEqual([1, 2])
  })
})

describe('the learning rate', () => {
  test('can be changed between steps', () => {
    const x = new Variable(tensor(0))
    const optimizer = new SGD([x], { learningRate: 0.1 })
    expect(optimizer.learningRate).toBe(0.1)
    optimizer.learningRate = 2
    optimizer.step([tensor(1)])
    expect(values(x)).toEqual([-2])
    expect(optimizer.learningRate).toBe(2)
  })

  test('that is negative or no number is an error', () => {
    const x = new Variable(tensor(0))
    expect(() => new SGD([x], { learningRate: -1 })).toThrow('SGD: learningRate is -1; it must not be negative.')
    expect(() => {
      new Adam([x]).learningRate = Number.NaN
    }).toThrow('Adam: learningRate is NaN')
  })
})

test('an optimizer without parameters is an error, and so is a parameter given twice', () => {
  const x = new Variable(tensor(0))
  expect(() => new SGD({})).toThrow('SGD: there are no parameters to optimize.')
  expect(() => new SGD({ a: x, b: x })).toThrow('SGD: parameters "a" and "b" are the same variable')
})

test('graphs do not grow over steps whose results nobody reads', () => {
  const x = new Variable(tensor([1, 2]))
  const optimizer = new Adam([x])
  const depth = (node: Tensor, known = new Map<Tensor, number>()): number => {
    if (node.isLeaf) return 0
    const depths = node.inputs.map((input) => known.get(input) ?? depth(input, known))
    const result = 1 + Math.max(0, ...depths)
    known.set(node, result)
    return result
  }
  optimizer.step([x.value.multiply(2)])
  const once = depth(x.value)
  for (let step = 0; step < 20; step++) optimizer.step([x.value.multiply(2)])
  expect(depth(x.value)).toBe(once)
})

describe('the state', () => {
  const gradient = (step: number): readonly Tensor[] => [tensor([Math.sin(step), 1]), tensor(step)]
  const makers: readonly (readonly [string, (x: readonly Variable[]) => Optimizer])[] = [
    ['SGD with momentum and dampening', (x) => new SGD(x, { momentum: 0.9, dampening: 0.5 })],
    ['Adam with amsgrad', (x) => new Adam(x, { amsgrad: true })],
    ['RMSprop, centered with momentum', (x) => new RMSprop(x, { centered: true, momentum: 0.5 })],
    ['Adagrad with decay', (x) => new Adagrad(x, { learningRateDecay: 0.1 })],
  ]

  test.each(makers)('of %s, saved and loaded, goes on as if never stopped', (_, make) => {
    const variables = (): Variable[] => [new Variable(tensor([1, 2])), new Variable(tensor(3))]
    const straight = variables()
    const optimizer = make(straight)
    for (let step = 0; step < 3; step++) optimizer.step(gradient(step))
    optimizer.learningRate = 0.3
    const resumed = straight.map(({ value }) => new Variable(value))
    const second = make(resumed)
    second.loadStateDict(optimizer.stateDict())
    expect(second.learningRate).toBe(0.3)
    for (let step = 3; step < 6; step++) for (const each of [optimizer, second]) each.step(gradient(step))
    expect(resumed.map(values)).toEqual(straight.map(values))
  })

  test('has names: the learning rate, what parameters share, what each has', () => {
    const optimizer = new Adam({ '0.weight': new Variable(zeros([2])) })
    expect(Object.keys(optimizer.stateDict())).toEqual([
      'learningRate',
      'step',
      '0.weight.firstMoment',
      '0.weight.secondMoment',
    ])
    expect(Object.keys(new SGD([new Variable(zeros([2]))]).stateDict())).toEqual(['learningRate'])
  })

  test('of another optimizer does not load', () => {
    const x = { x: new Variable(zeros([2])) }
    const [sgd, adam] = [new SGD(x, { momentum: 0.9 }), new Adam(x)]
    expect(() => adam.loadStateDict(sgd.stateDict())).toThrow(
      'Adam: the saved state does not fit: missing step, x.firstMoment, x.secondMoment, unknown momentum, x.velocity.',
    )
    const other = new SGD({ x: new Variable(zeros([3])) }, { momentum: 0.9 })
    expect(() => sgd.loadStateDict(other.stateDict())).toThrow("SGD: saved x.velocity is [3], the optimizer's [2].")
    expect(() => sgd.loadStateDict({})).toThrow('SGD: the saved state lacks learningRate.')
  })
})
