import type { ReductionName } from '@neurite/tensor'
import { float64, scattered } from '../scattered.ts'
import { casesOf, type RuleCase, type RuleCases } from './case.ts'

const cube = scattered([2, 3, 4])

export const reductionCases: RuleCases<ReductionName> = {
  sum: total('sum'),
  product: [
    ...total('product'),
    ...casesOf('product', [
      ['with a zero', [float64([2, 0, -3, 1.5])], { axes: [0] }],
      ['with two zeros', [float64([2, 0, -3, 0])], { axes: [0] }],
      ['with three zeros', [float64([0, 0, -3, 0])], { axes: [0] }],
      ['of one', [float64([2], [1])], { axes: [0] }],
      ['of five', [scattered([5])], { axes: [0] }],
    ]),
  ],
  max: extremum('max', [2, 2, 1]),
  min: extremum('min', [1, 1, 2]),
  argMax: casesOf('argMax', [
    ['of an axis', [cube], { axes: [1] }],
    ['of all', [cube], { axes: [0, 1, 2] }],
  ]),
}

function total(primitive: 'sum' | 'product'): readonly RuleCase[] {
  return casesOf(primitive, [
    ['of the first axis', [cube], { axes: [0] }],
    ['of the last axis', [cube], { axes: [2] }],
    ['of axes apart', [cube], { axes: [0, 2] }],
    ['of axes in reverse', [cube], { axes: [2, 1] }],
    ['of all', [cube], { axes: [0, 1, 2] }],
    ['of no axis', [cube], { axes: [] }],
    ['of nothing', [scattered([2, 0])], { axes: [1] }],
    ['to nothing', [scattered([2, 0])], { axes: [0] }],
  ])
}

function extremum(primitive: 'max' | 'min', pairOfEquals: readonly number[]): readonly RuleCase[] {
  return casesOf(
    primitive,
    (['share', 'first'] as const).flatMap((ties) => [
      [`of the first axis, ties: ${ties}`, [cube], { axes: [0], ties }],
      [`of the last axis, ties: ${ties}`, [cube], { axes: [2], ties }],
      [`of axes apart, ties: ${ties}`, [cube], { axes: [0, 2], ties }],
      [`of axes in reverse, ties: ${ties}`, [cube], { axes: [2, 1], ties }],
      [`of all, ties: ${ties}`, [cube], { axes: [0, 1, 2], ties }],
      [`to nothing, ties: ${ties}`, [scattered([2, 0])], { axes: [0], ties }],
    ]),
    // Of two equal ones central differences see half.
  ).concat(
    casesOf(primitive, [['of two equal ones', [float64(pairOfEquals)], { axes: [0], ties: 'share' }, { order: 1 }]]),
  )
}
