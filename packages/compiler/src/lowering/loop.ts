import type { LoopName } from '@neurite/tensor'
import type { LoweringRules } from './rule.ts'

export const loopLowering: LoweringRules<LoopName> = {
  scan: { kind: 'scan' },
}
