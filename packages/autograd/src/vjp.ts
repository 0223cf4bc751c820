import { DTypeError, isFloating, ShapeError, sameShape, showShape, type Tensor } from '@neurite/tensor'
import { flattenTargets, type GradientsBy, type Targets } from './targets.ts'
import { cotangentsOf } from './walk.ts'

/**
 * Vector-Jacobian products of outputs that need not be scalars.
 *
 *     x̄[i] = Σ_j ȳ[j] · ∂y[j] / ∂x[i]
 *
 * `vjp(y, [x])` is the function from cotangents ȳ, each of its output's shape and dtype, to x̄.
 * @throws ShapeError or DTypeError if a cotangent does not fit its output.
 */
export function vjp<const Of extends Targets>(
  outputs: Tensor | readonly Tensor[],
  of: Of,
): (cotangents: Tensor | readonly Tensor[]) => GradientsBy<Of> {
  const ys = listOf(outputs)
  const { tensors, restore } = flattenTargets('vjp', of)
  return (cotangents) => {
    const given = listOf(cotangents)
    checkCotangents(ys, given)
    return restore(cotangentsOf(tensors, ys, given))
  }
}

function listOf(tensors: Tensor | readonly Tensor[]): readonly Tensor[] {
  return Array.isArray(tensors) ? tensors : [tensors as Tensor]
}

function checkCotangents(outputs: readonly Tensor[], cotangents: readonly Tensor[]): void {
  if (cotangents.length !== outputs.length)
    throw new ShapeError(`vjp: ${outputs.length} outputs need as many cotangents, not ${cotangents.length}.`)
  for (const [i, output] of outputs.entries()) {
    const cotangent = cotangents[i]!
    if (!isFloating(output.dtype))
      throw new DTypeError(`vjp: output ${i} is ${output.dtype}, through which no gradient flows.`)
    if (!sameShape(output.shape, cotangent.shape))
      throw new ShapeError(
        `vjp: output ${i} has shape ${showShape(output.shape)}, its cotangent ${showShape(cotangent.shape)}. They must be equal.`,
      )
    if (output.dtype !== cotangent.dtype)
      throw new DTypeError(`vjp: output ${i} is ${output.dtype}, its cotangent ${cotangent.dtype}. Cast the cotangent.`)
  }
}
