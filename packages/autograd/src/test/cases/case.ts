import { bind, type PrimitiveName, type Primitives, type Tensor } from '@neurite/tensor'

/** A primitive applied to inputs at which its gradient is checked. */
export interface RuleCase {
  readonly name: string
  readonly y: Tensor
  /** The inputs whose gradients are checked. */
  readonly by: readonly Tensor[]
  /** How many derivatives exist at these inputs, default 2. */
  readonly order?: 1 | 2
}

export interface CaseOptions {
  /** Positions of the inputs by which derivatives are taken; by default all floating ones. */
  readonly by?: readonly number[]
  readonly order?: 1 | 2
}

/** Every primitive, or every one of a family, has cases: a missing one does not compile. */
export type RuleCases<Names extends PrimitiveName = PrimitiveName> = { readonly [P in Names]: readonly RuleCase[] }

/** The cases of one primitive: `add(name, inputs, attributes)`. */
export function casesOf<P extends PrimitiveName>(
  primitive: P,
  list: readonly (readonly [
    name: string,
    inputs: readonly Tensor[],
    attributes: Primitives[P],
    options?: CaseOptions,
  ])[],
): readonly RuleCase[] {
  return list.map(([name, inputs, attributes, { by, order } = {}]) => ({
    name,
    y: bind(primitive, inputs, attributes),
    by: by?.map((i) => inputs[i]!) ?? inputs.filter(({ dtype }) => dtype.startsWith('float')),
    ...(order && { order }),
  }))
}
