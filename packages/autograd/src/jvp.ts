import { DTypeError, ShapeError, sameShape, showShape, type Tensor, type TensorTree, zerosLike } from '@neurite/tensor'
import { tangentsOf } from './forward/tangents.ts'
import { mapTensors } from './map-tensors.ts'
import { flattenTargets, type GradientsBy, type Targets } from './targets.ts'

/** What a function computes, and how that moves as its arguments do. */
export interface ValueAndTangent<Out> {
  readonly value: Out
  /** Of the value's structure; each tangent of its tensor's shape and dtype, zero where nothing moves. */
  readonly tangent: Out
}

/**
 * The Jacobian-vector product (forward mode): the derivative of `f` at `primals` along `tangents`.
 *
 *     ẏ[j] = Σ_i ∂y[j] / ∂x[i] · ẋ[i]
 *
 * `primals` are what gradients are taken by: a tensor or variable, or a list, record or map of them; `tangents` has their
 * structure. `f` returns a tensor, or tensors in lists and records. One pass gives one column of the Jacobian, whatever the size of the
 * output, at about the cost of `f` itself.
 *
 *     const { value, tangent } = jvp((x) => x.sin(), x, direction)
 *
 * @throws ShapeError or DTypeError if a tangent does not fit its primal.
 */
export function jvp<const Of extends Targets, Out extends TensorTree>(
  f: (primals: Of) => Out,
  primals: Of,
  tangents: GradientsBy<Of>,
): ValueAndTangent<Out> {
  const { names, tensors } = flattenTargets('jvp', primals)
  const along = flattenDirections('jvp', tangents, names, tensors)
  const value = f(primals)
  const tangent = mapTensors(value, (outputs) =>
    tangentsOf(tensors, along, outputs).map((found, i) => found ?? zerosLike(outputs[i]!)),
  )
  return { value, tangent }
}

/** A direction for each target, in order; @throws ShapeError or DTypeError if one does not fit. */
export function flattenDirections<const Of extends Targets>(
  operation: string,
  directions: GradientsBy<Of>,
  names: readonly string[],
  targets: readonly Tensor[],
): readonly Tensor[] {
  const given = flattenTargets(operation, directions as Targets)
  const byName = new Map(given.names.map((name, i) => [name, given.tensors[i]!]))
  if (given.names.length !== names.length || names.some((name) => !byName.has(name)))
    throw new TypeError(
      `${operation}: the directions must have the structure of what they belong to: [${names.join(', ')}], not [${given.names.join(', ')}].`,
    )
  return names.map((name, i) => {
    const target = targets[i]!
    const direction = byName.get(name)!
    if (!sameShape(direction.shape, target.shape))
      throw new ShapeError(
        `${operation}: the direction of "${name}" has shape ${showShape(direction.shape)}, but "${name}" has ${showShape(target.shape)}.`,
      )
    if (direction.dtype !== target.dtype)
      throw new DTypeError(
        `${operation}: the direction of "${name}" is ${direction.dtype}, but "${name}" is ${target.dtype}. Cast the direction?`,
      )
    return direction
  })
}
