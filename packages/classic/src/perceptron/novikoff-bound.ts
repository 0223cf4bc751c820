import { type Pattern, type Patterns, readPattern, readPatterns, rowOf } from '../patterns/pattern.ts'

export interface NovikoffBound {
  /** R: the largest length of an example with its −1 for the offset. */
  readonly radius: number
  /** γ: the least distance of an example from the separating hyperplane, in that space of N + 1 dimensions. */
  readonly margin: number
  /** The most corrections (R / γ)² that the convergence procedure makes when it starts at zero weights, whatever the order and the learning rate. */
  readonly corrections: number
}

/**
 * The bound on the perceptron's corrections from weights and an offset that separate the classes (Novikoff 1962, "On convergence proofs
 * for perceptrons"). The wider the margin of the separator, the tighter the bound.
 * @throws RangeError if they do not separate the classes.
 */
export function novikoffBound(
  patterns: Patterns,
  classes: Pattern,
  separator: { readonly weights: Pattern; readonly offset: number },
): NovikoffBound {
  const rows = readPatterns('novikoffBound', patterns, 'real', undefined)
  const targets = readPattern('novikoffBound, classes', classes, 'bipolar', rows.count)
  const weights = [...readPattern('novikoffBound, separator', separator.weights, 'real', rows.size), separator.offset]
  const length = Math.hypot(...weights)
  let radius = 0
  let margin = Number.POSITIVE_INFINITY
  for (let row = 0; row < rows.count; row++) {
    const example = [...rowOf(rows, row), -1]
    const activation = example.reduce((sum, value, i) => sum + value * weights[i]!, 0)
    radius = Math.max(radius, Math.hypot(...example))
    margin = Math.min(margin, (targets[row]! * activation) / length)
  }
  if (!(margin > 0))
    throw new RangeError(
      `novikoffBound: the separator leaves a margin of ${margin}; it must have all examples on their sides.`,
    )
  return { radius, margin, corrections: (radius / margin) ** 2 }
}
