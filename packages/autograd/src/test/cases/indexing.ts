import type { IndexingName } from '@neurite/tensor'
import { integers, scattered } from '../scattered.ts'
import { casesOf, type RuleCases } from './case.ts'

export const indexingCases: RuleCases<IndexingName> = {
  gather: casesOf('gather', [
    ['of rows, some twice, some never', [scattered([4, 2]), integers([3, 0, 3])], { axis: 0 }],
    ['of the last axis', [scattered([2, 3]), integers([2, 1])], { axis: 1 }],
    ['of the middle axis by a matrix', [scattered([2, 3, 2]), integers([0, 2, 2, 1], [2, 2])], { axis: 1 }],
    ['by one index', [scattered([3, 2]), integers([1], [])], { axis: 0 }],
    ['by no index', [scattered([3, 2]), integers([], [0])], { axis: 0 }],
  ]),
  scatterAdd: casesOf('scatterAdd', [
    ['of rows, some twice, some never', [scattered([3, 2]), integers([3, 0, 3])], { axis: 0, size: 5 }],
    ['of the last axis', [scattered([2, 2]), integers([2, 1])], { axis: 1, size: 3 }],
    ['of the middle axes by a matrix', [scattered([2, 2, 2, 2]), integers([0, 2, 2, 1], [2, 2])], { axis: 1, size: 3 }],
    ['by one index', [scattered([2]), integers([1], [])], { axis: 0, size: 3 }],
    ['by no index', [scattered([0, 2]), integers([], [0])], { axis: 0, size: 3 }],
  ]),
}
