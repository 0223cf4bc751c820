// The gradient of every primitive. The table is exhaustive; a missing rule does not compile.

import type { VjpRules } from '../rule.ts'
import { contractionRules } from './contraction.ts'
import { creationRules } from './creation.ts'
import { elementwiseRules } from './elementwise.ts'
import { identityRules } from './identity.ts'
import { indexingRules } from './indexing.ts'
import { loopRules } from './loop.ts'
import { movementRules } from './movement.ts'
import { randomRules } from './random.ts'
import { reductionRules } from './reduction.ts'

export const vjpRules: VjpRules = {
  ...creationRules,
  ...elementwiseRules,
  ...movementRules,
  ...reductionRules,
  ...contractionRules,
  ...indexingRules,
  ...randomRules,
  ...loopRules,
  ...identityRules,
}
