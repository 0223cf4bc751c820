// How tangents go through every primitive. The table is exhaustive; a missing rule does not compile.

import type { JvpRules } from '../rule.ts'
import { contractionTangents } from './contraction.ts'
import { creationTangents } from './creation.ts'
import { elementwiseTangents } from './elementwise.ts'
import { identityTangents } from './identity.ts'
import { indexingTangents } from './indexing.ts'
import { loopTangents } from './loop.ts'
import { movementTangents } from './movement.ts'
import { randomTangents } from './random.ts'
import { reductionTangents } from './reduction.ts'

export const jvpRules: JvpRules = {
  ...creationTangents,
  ...elementwiseTangents,
  ...movementTangents,
  ...reductionTangents,
  ...contractionTangents,
  ...indexingTangents,
  ...randomTangents,
  ...loopTangents,
  ...identityTangents,
}
