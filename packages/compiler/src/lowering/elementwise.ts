import { binaryNames, type ElementwiseName, unaryNames } from '@neurite/tensor'
import { applyScalar, type ScalarOp } from '../kernel/index.ts'
import type { LoweringRules, PointwiseRule } from './rule.ts'

// Elementwise primitives carry the names of the scalar operations that they apply to every element.
function applying<P extends ElementwiseName & ScalarOp>(name: P): PointwiseRule<P> {
  return {
    kind: 'pointwise',
    value: ({ inputs, dtype }, index, context) =>
      applyScalar(
        name,
        inputs.map((input) => context.read(input, index)),
        dtype,
      ),
  }
}

function applyingAll<P extends ElementwiseName & ScalarOp>(names: readonly P[]): { [Name in P]: PointwiseRule<Name> } {
  return Object.fromEntries(names.map((name) => [name, applying(name)])) as { [Name in P]: PointwiseRule<Name> }
}

export const elementwiseLowering: LoweringRules<ElementwiseName> = {
  ...applyingAll(unaryNames),
  ...applyingAll(binaryNames),
  cast: applying('cast'),
  select: applying('select'),
}
