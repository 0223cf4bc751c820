/** Shapes, axes or sizes that do not fit. The message names the operation, the shapes, the numbers that disagree and the likely fix. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError'
}

/** A dtype that an operation cannot take. */
export class DTypeError extends Error {
  override readonly name = 'DTypeError'
}

/** What an argument is, for errors about ones that TypeScript would have refused: `'a'`, `3`, `undefined`, `a Map`. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  const name: string = value.constructor?.name ?? 'Object'
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`
}

/** `[32, 784]`, as errors and `toString` show shapes. */
export function showShape(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`
}
