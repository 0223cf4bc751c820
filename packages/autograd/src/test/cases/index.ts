// Where the rule of every primitive is checked. The table is exhaustive; a primitive without cases does not compile.

import type { RuleCases } from './case.ts'
import { contractionCases } from './contraction.ts'
import { creationCases } from './creation.ts'
import { elementwiseCases } from './elementwise.ts'
import { identityCases } from './identity.ts'
import { indexingCases } from './indexing.ts'
import { loopCases } from './loop.ts'
import { movementCases } from './movement.ts'
import { randomCases } from './random.ts'
import { reductionCases } from './reduction.ts'

export const ruleCases: RuleCases = {
  ...creationCases,
  ...elementwiseCases,
  ...movementCases,
  ...reductionCases,
  ...contractionCases,
  ...indexingCases,
  ...randomCases,
  ...loopCases,
  ...identityCases,
}
