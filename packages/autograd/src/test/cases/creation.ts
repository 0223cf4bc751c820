import type { CreationName } from '@neurite/tensor'
import { casesOf, type RuleCases } from './case.ts'

export const creationCases: RuleCases<CreationName> = {
  // An input is what derivatives are taken by; its own inputs are none.
  input: [],
  constant: casesOf('constant', [['depends on nothing', [], { shape: [2, 3], dtype: 'float64', value: 3 }]]),
  iota: casesOf('iota', [['depends on nothing', [], { shape: [2, 3], dtype: 'float64', axis: 1 }]]),
}
