import { expect, test } from 'vitest'
import type { Contestant } from '../measure/outcome.ts'
import { jsonLine } from './measurement.ts'
import { measurementsOf } from './measurements-of.ts'

const library = { threads: 1, version: '1', prepare: () => ({ run: () => 0, close() {} }) }
const contestants: readonly Contestant[] = [
  { name: 'own', library },
  { name: 'peer', library: { ...library, threads: 2 } },
]

test('medians, quartiles, and how many times the first one is better', () => {
  const outcomes = [
    [2, 1, 3],
    [6, 6, 6],
  ]
  expect(measurementsOf({ workload: 'w', metric: 'time', outcomes }, contestants)).toEqual([
    { workload: 'w', library: 'own', metric: 'time', value: 2, unit: 'ms', threads: 1, quartiles: [1.5, 2.5] },
    { workload: 'w', library: 'peer', metric: 'time', value: 6, unit: 'ms', threads: 2, quartiles: [6, 6], ratio: 3 },
  ])
})

test('of throughputs the higher one is better', () => {
  const [, peer] = measurementsOf({ workload: 'w', metric: 'throughput', outcomes: [[30], [45]] }, contestants)
  expect(peer!.ratio).toBeCloseTo(30 / 45)
})

test('a single sample has no quartiles', () => {
  const [own] = measurementsOf({ workload: 'w', metric: 'memory', outcomes: [[50], [100]] }, contestants)
  expect(own).toEqual({ workload: 'w', library: 'own', metric: 'memory', value: 50, unit: 'MB', threads: 1 })
})

test('what failed has its error instead of a value, and no ratio to others', () => {
  const failure = new Error('no kernel\nat line 3')
  const [, peer] = measurementsOf({ workload: 'w', metric: 'time', outcomes: [[1], failure] }, contestants)
  expect(peer).toEqual({
    workload: 'w',
    library: 'peer',
    metric: 'time',
    value: null,
    unit: 'ms',
    threads: 2,
    error: 'no kernel',
  })
  const [, alone] = measurementsOf({ workload: 'w', metric: 'time', outcomes: [failure, [1]] }, contestants)
  expect(alone!.ratio).toBeUndefined()
})

test('a JSON line is one line, its numbers short', () => {
  const [own] = measurementsOf({ workload: 'w', metric: 'time', outcomes: [[1 / 3], [1]] }, contestants)
  expect(jsonLine(own!)).toBe(
    '{"workload":"w","library":"own","metric":"time","value":0.33333,"unit":"ms","threads":1}',
  )
})

test('a contestant that does other work says so', () => {
  const measured = { workload: 'w', metric: 'time', outcomes: [[1], [1]], differences: [undefined, 'no Adam'] } as const
  const [own, peer] = measurementsOf(measured, contestants)
  expect(own).not.toHaveProperty('differs')
  expect(peer!.differs).toBe('no Adam')
})

test('a contestant that was not asked has no line', () => {
  const outcomes = [[1], undefined]
  expect(measurementsOf({ workload: 'w', metric: 'size', outcomes }, contestants)).toHaveLength(1)
})
