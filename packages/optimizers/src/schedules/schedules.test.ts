import { tensor, Variable } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import {
  chained,
  constantFactor,
  cosineAnnealing,
  cosineWarmRestarts,
  cyclic,
  exponentialDecay,
  inSequence,
  linearFactor,
  multiStepDecay,
  oneCycle,
  polynomialDecay,
  ReduceOnPlateau,
  Schedule,
  type ScheduleRule,
  SGD,
  stepDecay,
} from '../index.ts'

/** Rates of the first steps, from a base rate of 1. */
function rates(rule: ScheduleRule, count: number): number[] {
  const scheduled = { learningRate: 1 }
  const schedule = new Schedule(scheduled, rule)
  return Array.from({ length: count }, () => {
    const { learningRate } = scheduled
    schedule.step()
    return learningRate
  })
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length)
  expected.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, 10)
  })
}

describe('rules', () => {
  test.each<readonly [string, ScheduleRule, readonly number[]]>([
    ['stepDecay', stepDecay({ stepSize: 2, gamma: 0.5 }), [1, 1, 0.5, 0.5, 0.25]],
    ['multiStepDecay', multiStepDecay({ milestones: [1, 3], gamma: 0.5 }), [1, 0.5, 0.5, 0.25, 0.25]],
    ['exponentialDecay', exponentialDecay({ gamma: 0.5 }), [1, 0.5, 0.25, 0.125]],
    ['polynomialDecay', polynomialDecay({ steps: 4, power: 2 }), [1, 9 / 16, 4 / 16, 1 / 16, 0, 0]],
    ['linearFactor', linearFactor({ steps: 4, from: 0.2 }), [0.2, 0.4, 0.6, 0.8, 1, 1]],
    ['constantFactor', constantFactor({ steps: 2, factor: 0.1 }), [0.1, 0.1, 1, 1]],
    ['cosineAnnealing', cosineAnnealing({ steps: 2, minimum: 0.5 }), [1, 0.75, 0.5, 0.75, 1]],
    ['cosineWarmRestarts', cosineWarmRestarts({ steps: 2, growth: 2 }), [1, 0.5, 1, 0.5 + Math.SQRT1_2 / 2, 0.5]],
    ['cyclic', cyclic({ minimum: 0, maximum: 4, stepsUp: 2, stepsDown: 4 }), [0, 2, 4, 3, 2, 1, 0, 2]],
    [
      'cyclic, with peaks that are halved',
      cyclic({ minimum: 0, maximum: 4, stepsUp: 1, peaks: 'halving' }),
      [0, 4, 0, 2, 0, 1],
    ],
    [
      'oneCycle, linear',
      oneCycle({ maximum: 1, steps: 5, riseShare: 0.6, startDivisor: 5, endDivisor: 2, shape: 'linear' }),
      [0.2, 0.6, 1, 0.55, 0.1, 0.1],
    ],
    [
      'inSequence',
      inSequence([linearFactor({ steps: 2, from: 0 }), stepDecay({ stepSize: 1 })], [2]),
      [0, 0.5, 1, 0.1],
    ],
    ['chained', chained(exponentialDecay({ gamma: 0.5 }), linearFactor({ steps: 2, from: 0 })), [0, 0.25, 0.25, 0.125]],
  ])('%s', (_, rule, expected) => {
    expectClose(rates(rule, expected.length), expected)
  })

  test.each<readonly [() => ScheduleRule, string]>([
    [() => stepDecay({ stepSize: 0 }), 'stepDecay: stepSize is 0; it must be a positive integer.'],
    [() => exponentialDecay({ gamma: -1 }), 'exponentialDecay: gamma is -1'],
    [() => cosineAnnealing({ steps: 1.5 }), 'cosineAnnealing: steps is 1.5'],
    [() => oneCycle({ maximum: 0, steps: 3 }), 'oneCycle: maximum is 0'],
    [() => cyclic({ minimum: 0, maximum: 1, peaks: 'square' as 'constant' }), "cyclic: peaks are 'square'"],
    [() => inSequence([stepDecay({ stepSize: 1 })], [3]), 'inSequence: 1 schedules with milestones 3'],
  ])('options out of range are errors: %#', (make, message) => {
    expect(make).toThrow(message)
  })
})

describe('on an optimizer', () => {
  const makeOptimizer = (): SGD => new SGD([new Variable(tensor(0))], { learningRate: 0.2, momentum: 0.9 })

  test('oneCycle moves the momentum the other way', () => {
    const optimizer = makeOptimizer()
    const schedule = new Schedule(optimizer, oneCycle({ maximum: 1, steps: 10, riseShare: 0.5 }))
    expect(optimizer.momentum).toBeCloseTo(0.95, 10)
    for (let step = 0; step < 4; step++) schedule.step()
    expect([optimizer.learningRate, optimizer.momentum].map((x) => x!.toFixed(6))).toEqual(['1.000000', '0.850000'])
  })

  test('the momentum in use is the one set', () => {
    const x = new Variable(tensor(0))
    const optimizer = new SGD([x], { learningRate: 1, momentum: 0.5 })
    optimizer.step([tensor(1)])
    optimizer.momentum = 0.25
    optimizer.step([tensor(1)])
    expect(x.value.itemSync()).toBe(-1 - 1.25)
    expect(() => {
      new SGD([x]).momentum = 0.5
    }).toThrow('SGD: there is no momentum to set.')
  })

  test('saved and loaded, it goes on as if never stopped', () => {
    const rule = cosineAnnealing({ steps: 10 })
    const [straight, resumed] = [makeOptimizer(), makeOptimizer()]
    const first = new Schedule(straight, rule)
    for (let step = 0; step < 4; step++) first.step()
    resumed.loadStateDict(straight.stateDict())
    const second = new Schedule(resumed, rule)
    second.loadStateDict(first.stateDict())
    for (const schedule of [first, second]) schedule.step()
    expect(second.currentStep).toBe(5)
    expect(resumed.learningRate).toBe(straight.learningRate)
    expect(() => second.loadStateDict({})).toThrow('Schedule: the saved state lacks step')
  })
})

describe('ReduceOnPlateau', () => {
  const follow = (
    schedule: ReduceOnPlateau,
    scheduled: { learningRate: number },
    metrics: readonly number[],
  ): number[] =>
    metrics.map((metric) => {
      schedule.step(metric)
      return scheduled.learningRate
    })

  test('waits as long as asked, and no longer', () => {
    const scheduled = { learningRate: 1 }
    const schedule = new ReduceOnPlateau(scheduled, { factor: 0.5, patience: 2 })
    expect(follow(schedule, scheduled, [3, 2, 2, 2, 2, 2, 2, 1])).toEqual([1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5])
  })

  test('takes what is no number for no progress, and cools down', () => {
    const scheduled = { learningRate: 1 }
    const schedule = new ReduceOnPlateau(scheduled, { factor: 0.5, patience: 0, cooldown: 2, mode: 'max' })
    expect(follow(schedule, scheduled, [1, Number.NaN, 0, 0, 0])).toEqual([1, 0.5, 0.5, 0.5, 0.25])
  })

  test('saved and loaded, it goes on as if never stopped', () => {
    const [straight, resumed] = [{ learningRate: 1 }, { learningRate: 1 }]
    const options = { factor: 0.5, patience: 1, threshold: 0.1, thresholdMode: 'absolute' } as const
    const [first, second] = [new ReduceOnPlateau(straight, options), new ReduceOnPlateau(resumed, options)]
    follow(first, straight, [1, 0.95])
    second.loadStateDict(first.stateDict())
    expect(follow(second, resumed, [0.91, 0.5, 0.45])).toEqual(follow(first, straight, [0.91, 0.5, 0.45]))
    expect(resumed.learningRate).toBe(0.5)
    expect(() => second.loadStateDict({})).toThrow('ReduceOnPlateau: the saved state lacks best')
  })

  test('options out of range are errors', () => {
    expect(() => new ReduceOnPlateau({ learningRate: 1 }, { factor: 1 })).toThrow('ReduceOnPlateau: factor is 1')
  })
})
