import { tensor, Variable } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { Adam, constantFactor, GroupedOptimizer, Schedule, SGD } from './index.ts'

const makeVariables = (): { a: Variable; b: Variable } => ({ a: new Variable(tensor(0)), b: new Variable(tensor(0)) })
const grouped = ({ a, b }: { a: Variable; b: Variable }): GroupedOptimizer =>
  new GroupedOptimizer([new SGD({ a }, { learningRate: 1 }), new Adam({ b }, { learningRate: 0.5 })])

test('each group moves in its own way', () => {
  const variables = makeVariables()
  grouped(variables).step({ a: tensor(3), b: tensor(3) })
  expect(variables.a.value.itemSync()).toBe(-3)
  expect(variables.b.value.itemSync()).toBeCloseTo(-0.5, 6)
})

test('it knows its parameters', () => {
  expect(grouped(makeVariables()).parameterNames).toEqual(['a', 'b'])
})

test('schedules change the rates of all groups, each from its own base', () => {
  const optimizer = grouped(makeVariables())
  const schedule = new Schedule(optimizer.groups, constantFactor({ factor: 0.5, steps: 1 }))
  expect(optimizer.groups.map(({ learningRate }) => learningRate)).toEqual([0.5, 0.25])
  schedule.step()
  expect(optimizer.groups.map(({ learningRate }) => learningRate)).toEqual([1, 0.5])
})

test('saved and loaded, it goes on as if never stopped', () => {
  const [straight, resumed] = [makeVariables(), makeVariables()]
  const [first, second] = [grouped(straight), grouped(resumed)]
  first.step({ a: tensor(3), b: tensor(3) })
  resumed.a.assign(straight.a.value)
  resumed.b.assign(straight.b.value)
  second.loadStateDict(first.stateDict())
  for (const optimizer of [first, second]) optimizer.step({ a: tensor(1), b: tensor(-1) })
  expect(resumed.b.value.itemSync()).toBe(straight.b.value.itemSync())
  expect(() => second.loadStateDict({ '7.step': tensor(1) })).toThrow('saved "7.step" belongs to none of the 2 groups')
})

test('parameters in two groups, unknown and missing gradients are errors', () => {
  const { a, b } = makeVariables()
  expect(() => new GroupedOptimizer([new SGD({ a }), new SGD({ a: b })])).toThrow('parameter "a" belongs to two groups')
  expect(() => new GroupedOptimizer([])).toThrow('there are no groups')
  expect(() => grouped({ a, b }).step({ a: tensor(1), b: tensor(1), c: tensor(1) })).toThrow('gradient "c"')
  expect(() => grouped({ a, b }).step({ a: tensor(1) })).toThrow('parameter "b" has no gradient')
})
