// How every primitive is applied to many examples at once. The table is exhaustive; a missing rule does not compile.

import type { BatchRules } from '../rule.ts'
import { contractionBatching } from './contraction.ts'
import { creationBatching } from './creation.ts'
import { elementwiseBatching } from './elementwise.ts'
import { identityBatching } from './identity.ts'
import { indexingBatching } from './indexing.ts'
import { loopBatching } from './loop.ts'
import { movementBatching } from './movement.ts'
import { randomBatching } from './random.ts'
import { reductionBatching } from './reduction.ts'

export const batchRules: BatchRules = {
  ...creationBatching,
  ...elementwiseBatching,
  ...movementBatching,
  ...reductionBatching,
  ...contractionBatching,
  ...indexingBatching,
  ...randomBatching,
  ...loopBatching,
  ...identityBatching,
}
