import { ShapeError, sameShape, showShape, type Tensor, type Variable } from '@neurite/tensor'

/**
 * Assigns saved tensors to variables of the same names; values are cast to the variables' dtypes.
 * @throws Error naming what is missing or unknown, ShapeError where shapes differ. Nothing is assigned then.
 */
export function loadVariables(
  optimizer: string,
  variables: ReadonlyMap<string, Variable>,
  saved: ReadonlyMap<string, Tensor>,
): void {
  const missing = [...variables.keys()].filter((name) => !saved.has(name))
  const unknown = [...saved.keys()].filter((name) => !variables.has(name))
  if (missing.length > 0 || unknown.length > 0)
    throw new Error(
      `${optimizer}: the saved state does not fit: missing ${missing.join(', ') || 'nothing'}, unknown ${unknown.join(', ') || 'nothing'}. ` +
        'Saved from other parameters, or with other options?',
    )
  for (const [name, { shape }] of variables) {
    const found = saved.get(name)!.shape
    if (!sameShape(found, shape))
      throw new ShapeError(`${optimizer}: saved ${name} is ${showShape(found)}, the optimizer's ${showShape(shape)}.`)
  }
  for (const [name, variable] of variables) variable.assign(saved.get(name)!.cast(variable.dtype))
}
