import { bind } from '../bind.ts'
import type { DType } from '../dtype.ts'
import { promote } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import { checkTensor } from '../operand-checks.ts'
import type { Shape } from '../shape.ts'
import { normalizeAxis } from '../shape.ts'
import type { Concatenate, PromoteAll, ShapesOf, Stack } from '../shape-types/concatenation.ts'
import type { Fits, ResultShape } from '../shape-types/mismatch.ts'
import type { Tensor } from '../tensor.ts'

/**
 * Tensors one after the other along an axis that they have.
 * @throws ShapeError if another axis differs in size, or there is no tensor.
 */
export function concatenate<const Tensors extends readonly Tensor[], Axis extends number>(
  tensors: Tensors,
  axis: Axis & Fits<Concatenate<ShapesOf<Tensors>, Axis>>,
): Tensor<ResultShape<Concatenate<ShapesOf<Tensors>, Axis>>, PromoteAll<Tensors>> {
  const first = tensors[0]
  if (first === undefined) throw new ShapeError('concatenate: needs at least one tensor.')
  for (const tensor of tensors) checkTensor('concatenate', tensor)
  const at = normalizeAxis('concatenate', axis, first.rank)
  for (const tensor of tensors) checkBeside(first.shape, tensor.shape, at)
  if (tensors.length === 1) return first
  const dtype = tensors.reduce<DType>((met, tensor) => promote(met, tensor.dtype), first.dtype)
  return bind(
    'concatenate',
    tensors.map((tensor) => tensor.cast(dtype)),
    { axis: at },
  )
}

/**
 * Tensors of one shape side by side along a new axis, `axis` of the result.
 * @throws ShapeError if the shapes differ.
 */
export function stack<const Tensors extends readonly Tensor[], Axis extends number>(
  tensors: Tensors,
  axis: Axis & Fits<Stack<ShapesOf<Tensors>, Axis>>,
): Tensor<ResultShape<Stack<ShapesOf<Tensors>, Axis>>, PromoteAll<Tensors>> {
  const first = tensors[0]
  if (first === undefined) throw new ShapeError('stack: needs at least one tensor.')
  for (const tensor of tensors) checkTensor('stack', tensor)
  for (const tensor of tensors)
    if (showShape(tensor.shape) !== showShape(first.shape))
      throw new ShapeError(
        `stack: shapes differ: ${showShape(first.shape)} and ${showShape(tensor.shape)}. Use concatenate along an axis that they have?`,
      )
  const at = normalizeAxis('stack', axis, first.rank + 1)
  return concatenate(
    tensors.map((tensor) => tensor.unsqueeze(at)),
    at,
  )
}

function checkBeside(first: Shape, other: Shape, at: number): void {
  const agrees = first.length === other.length && first.every((length, axis) => axis === at || length === other[axis])
  if (agrees) return
  throw new ShapeError(
    `concatenate: ${showShape(first)} and ${showShape(other)} differ besides axis ${at}. All other sizes must be equal.`,
  )
}
