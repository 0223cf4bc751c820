import type { RandomName } from '@neurite/tensor'
import { integers } from '../scattered.ts'
import { casesOf, type RuleCases } from './case.ts'

export const randomCases: RuleCases<RandomName> = {
  randomBits: casesOf('randomBits', [
    ['of a key', [integers([1, 2])], { shape: [2, 3] }],
    ['of many keys', [integers([1, 2, 3, 4, 5, 6], [3, 2])], { shape: [2] }],
    ['of many keys, one each', [integers([1, 2, 3, 4], [1, 2, 2])], { shape: [] }],
  ]),
}
