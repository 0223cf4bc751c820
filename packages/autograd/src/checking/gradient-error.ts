import { showShape } from '@neurite/tensor'

/** One element of one gradient, beside what finite differences give. */
export interface GradientEntry {
  /** Name or position of the target; `of` if there is only one. */
  readonly target: string
  readonly index: readonly number[]
  /** By finite differences. */
  readonly expected: number
  /** By the rules. */
  readonly found: number
}

/** Gradients are not what finite differences give. */
export class GradientError extends Error {
  override readonly name = 'GradientError'
  readonly worst: GradientEntry
  /** The operation whose own rule is farthest from its finite differences, with its shapes; `undefined` if none is. */
  readonly operation: string | undefined

  constructor(worst: GradientEntry, operation: string | undefined, tolerance: number) {
    const { target, index, expected, found } = worst
    const cause =
      operation === undefined
        ? 'Every operation by itself agrees: the loss may bend or jump too much for finite differences of this step.'
        : `The operation that is off is ${operation}: its rule is wrong, or it has no derivative at this point.`
    super(
      `checkGradients: the gradient by "${target}" at ${showShape(index)} is ${found}; ` +
        `finite differences give ${expected} (tolerance ${tolerance}). ${cause}`,
    )
    this.worst = worst
    this.operation = operation
  }
}
