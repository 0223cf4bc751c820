import type { Operand } from '../operand.ts'
import type { Tensor } from '../tensor.ts'

/**
 * `a` where the condition holds (is not 0), else `b`; all three are broadcast, `a` and `b` promoted. Two numbers give float32.
 * @throws ShapeError if the shapes cannot be broadcast.
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  return condition.choose(a, b)
}
