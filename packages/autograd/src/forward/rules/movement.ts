import { bind, type MovementName, type PrimitiveName, zerosLike } from '@neurite/tensor'
import type { JvpRule, JvpRules } from '../rule.ts'

// Movement is linear: a tangent moves as its tensor does.
export const movementTangents: JvpRules<MovementName> = {
  reshape: moving('reshape'),
  permute: moving('permute'),
  broadcast: moving('broadcast'),
  slice: moving('slice'),
  // What is put around stays what it is.
  pad: ([t], { attributes }) => bind('pad', [t!], { ...attributes, value: 0 }),
  flip: moving('flip'),
  concatenate: (tangents, { inputs, attributes }) =>
    bind(
      'concatenate',
      tangents.map((t, i) => t ?? zerosLike(inputs[i]!)),
      attributes,
    ),
  window: moving('window'),
  overlapAdd: moving('overlapAdd'),
}

/** The rule of a primitive that is linear in its first operand, the only one that moves. */
export function moving<P extends PrimitiveName>(primitive: P): JvpRule<P> {
  return ([t], { inputs, attributes }) => bind(primitive, [t!, ...inputs.slice(1)], attributes)
}
