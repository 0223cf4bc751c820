/** Shapes, axes or sizes that do not fit. The message names the operation, the shapes, the numbers that disagree and the likely fix. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError'
}

/** A dtype that an operation cannot take. */
export class DTypeError extends Error {
  override readonly name = 'DTypeError'
}

/** `[32, 784]`, as errors and `toString` show shapes. */
export function showShape(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`
}
