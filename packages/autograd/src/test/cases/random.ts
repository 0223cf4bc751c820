import type { RandomName } from '@neurite/tensor'
import { integers } from '../scattered.ts'
import { casesOf, type RuleCases } from './case.ts'

export const randomCases: RuleCases<RandomName> = {
  randomBits: casesOf('randomBits', [['depends on integers alone', [integers([1, 2])], { shape: [2, 3] }]]),
}
