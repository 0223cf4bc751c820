import type { IdentityName } from '@neurite/tensor'
import type { LoweringRules } from './rule.ts'

export const identityLowering: LoweringRules<IdentityName> = {
  stopGradient: {
    kind: 'pointwise',
    isView: true,
    value: ({ inputs }, index, context) => context.read(inputs[0]!, index),
  },
  customGradient: {
    kind: 'pointwise',
    isView: true,
    value: ({ inputs, attributes: { place } }, index, context) => context.read(inputs[place]!, index),
  },
  // Whoever reads it waits for all inputs; only the first has elements to read.
  barrier: {
    kind: 'pointwise',
    isView: true,
    value: ({ inputs }, index, context) => context.read(inputs[0]!, index),
  },
}
