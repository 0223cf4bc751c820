// What every primitive is: its type and its value. Both tables are exhaustive; a missing rule does not compile.

import type { ReferenceRules, ShapeRules } from '../primitive.ts'
import { contractionShapes } from './contraction.ts'
import { contractionReference } from './contraction-reference.ts'
import { creationReference, creationShapes } from './creation.ts'
import { elementwiseShapes } from './elementwise.ts'
import { elementwiseReference } from './elementwise-reference.ts'
import { identityReference, identityShapes } from './identity.ts'
import { indexingReference, indexingShapes } from './indexing.ts'
import { loopReference, loopShapes } from './loop.ts'
import { movementShapes } from './movement.ts'
import { movementReference } from './movement-reference.ts'
import { randomReference, randomShapes } from './random.ts'
import { reductionReference, reductionShapes } from './reduction.ts'

export const shapeRules: ShapeRules = {
  ...creationShapes,
  ...elementwiseShapes,
  ...movementShapes,
  ...reductionShapes,
  ...contractionShapes,
  ...indexingShapes,
  ...randomShapes,
  ...loopShapes,
  ...identityShapes,
}

export const referenceRules: ReferenceRules = {
  ...creationReference,
  ...elementwiseReference,
  ...movementReference,
  ...reductionReference,
  ...contractionReference,
  ...indexingReference,
  ...randomReference,
  // The steps of a loop are graphs themselves.
  ...loopReference(() => referenceRules),
  ...identityReference,
}
