import type { PrimitiveName } from '@neurite/tensor'
import { contractionLowering } from './contraction.ts'
import { creationLowering } from './creation.ts'
import { elementwiseLowering } from './elementwise.ts'
import { identityLowering } from './identity.ts'
import { indexingLowering } from './indexing.ts'
import { loopLowering } from './loop.ts'
import { movementLowering } from './movement.ts'
import { randomLowering } from './random.ts'
import { reductionLowering } from './reduction.ts'
import type { LoweringRule, LoweringRules } from './rule.ts'

/** One lowering rule per primitive. */
const loweringRules: LoweringRules = {
  ...creationLowering,
  ...elementwiseLowering,
  ...movementLowering,
  ...reductionLowering,
  ...contractionLowering,
  ...indexingLowering,
  ...randomLowering,
  ...loopLowering,
  ...identityLowering,
}

/** The rule of a node whose primitive is not known statically. */
export function loweringRuleOf(primitive: PrimitiveName): LoweringRule<PrimitiveName> {
  return loweringRules[primitive] as LoweringRule<PrimitiveName>
}
