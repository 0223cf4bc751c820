import type { CreationName } from '@neurite/tensor'
import { constantScalar } from '../kernel/index.ts'
import type { LoweringRules } from './rule.ts'

export const creationLowering: LoweringRules<CreationName> = {
  input: { kind: 'leaf' },
  constant: {
    kind: 'pointwise',
    isView: true,
    value: ({ attributes: { value }, dtype }) => constantScalar(value, dtype),
  },
  iota: {
    kind: 'pointwise',
    isView: true,
    value: ({ attributes: { axis }, dtype }, index) => ({ kind: 'index', index: index[axis]!, dtype }),
  },
}
