import { bind, CustomGradient, DTypeError, ShapeError, sameShape, showShape, Tensor } from '@neurite/tensor'

/** What the rule of a custom gradient may use beside the cotangents. */
export interface CustomGradientContext<Args, Out> {
  readonly args: Args
  readonly output: Out
}

/**
 * A function with a gradient of its own: `f` says what it computes, `rule` how cotangents of the output become those of the arguments.
 *
 *     const clipped = customGradient(
 *       (x) => x,
 *       (cotangent) => [cotangent.clamp({ min: -1, max: 1 })],
 *     )
 *
 * Arguments are tensors; `f` gives a tensor or a list of them. The rule gets the cotangent of the output, or the list of them, and gives a
 * list: for each argument its cotangent, of its shape and dtype, or `null` where none flows. What `f` does is not looked into, so
 * that what it closes over has no gradient. Derivatives of the gradient are those of the rule, which should be linear in the cotangents;
 * `jvp` relies on it.
 * @throws ShapeError, DTypeError or TypeError when the gradient is taken, if the rule gives what does not fit.
 */
export function customGradient<const Args extends readonly Tensor[], Out extends Tensor | readonly Tensor[]>(
  f: (...args: Args) => Out,
  rule: (cotangent: Out, context: CustomGradientContext<Args, Out>) => readonly (Tensor | null)[],
): (...args: Args) => Out {
  return (...args) => {
    const output = f(...args)
    const isList = !(output instanceof Tensor)
    const values: readonly Tensor[] = isList ? output : [output]
    const asOutput = (tensors: readonly Tensor[]): Out => (isList ? tensors : tensors[0]) as Out
    const call = new CustomGradient(values.length, (cotangents, results, given) => {
      const context = { args: given as unknown as Args, output: asOutput(results) }
      return checked(rule(asOutput(cotangents), context), given)
    })
    const inputs = [...values, ...args]
    return asOutput(values.map((_, place) => bind('customGradient', inputs, { call, place })))
  }
}

function checked(cotangents: readonly (Tensor | null)[], args: readonly Tensor[]): readonly (Tensor | null)[] {
  if (!Array.isArray(cotangents) || cotangents.length !== args.length)
    throw new TypeError(
      `customGradient: the rule must give a list with a cotangent or null for each of ${args.length} arguments, not ` +
        `${Array.isArray(cotangents) ? `one of ${cotangents.length}` : String(cotangents)}.`,
    )
  for (const [i, cotangent] of cotangents.entries()) {
    const { shape, dtype } = args[i]!
    if (cotangent === null) continue
    if (!(cotangent instanceof Tensor))
      throw new TypeError(
        `customGradient: the rule gave ${String(cotangent)} for argument ${i}: neither a tensor nor null.`,
      )
    if (!sameShape(cotangent.shape, shape))
      throw new ShapeError(
        `customGradient: the rule gave a cotangent of shape ${showShape(cotangent.shape)} for argument ${i}, which has ${showShape(shape)}.`,
      )
    if (cotangent.dtype !== dtype)
      throw new DTypeError(
        `customGradient: the rule gave a ${cotangent.dtype} cotangent for argument ${i}, which is ${dtype}. Cast it?`,
      )
  }
  return cotangents
}
