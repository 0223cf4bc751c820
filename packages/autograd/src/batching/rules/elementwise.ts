import { type BinaryName, binaryNames, bind, type ElementwiseName, type UnaryName, unaryNames } from '@neurite/tensor'
import type { BatchRule, BatchRules } from '../rule.ts'

export const elementwiseBatching: BatchRules<ElementwiseName> = {
  ...everywhere(unaryNames),
  ...everywhere(binaryNames),
  cast: onAll('cast'),
  select: onAll('select'),
}

/** Elements do not care on how many axes they lie. */
function onAll<P extends ElementwiseName>(primitive: P): BatchRule<P> {
  return (operands, { attributes }, batch) => bind(primitive, operands.map(batch.withAxis), attributes)
}

function everywhere<Name extends UnaryName | BinaryName>(
  names: readonly Name[],
): { readonly [N in Name]: BatchRule<N> } {
  return Object.fromEntries(names.map((name) => [name, onAll(name)])) as unknown as {
    readonly [N in Name]: BatchRule<N>
  }
}
