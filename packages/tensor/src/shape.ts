import { ShapeError, showShape, showValue } from './errors.ts'

/** Sizes of a tensor's axes, first axis first. `[]` is a scalar. In types, `number` stands for a size not known statically. */
export type Shape = readonly number[]

/** A shape of which nothing is known, not even the rank: what `Tensor` alone has. */
// biome-ignore lint/suspicious/noExplicitAny: code that does not care about shapes mixes with code that does.
export type AnyShape = any

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  let size = 1
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis]!
  return size
}

/** Row-major strides in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length)
  let stride = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride
    stride *= shape[axis]!
  }
  return strides
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false
  return true
}

/**
 * The common shape of two operands: axes are aligned at the end; sizes must be equal or one of them 1.
 * @throws ShapeError naming the two sizes.
 */
export function broadcastShapes(operation: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a
  const rank = Math.max(a.length, b.length)
  const shape = new Array<number>(rank)
  for (let fromEnd = 1; fromEnd <= rank; fromEnd++) {
    const left = a.length >= fromEnd ? a[a.length - fromEnd]! : 1
    const right = b.length >= fromEnd ? b[b.length - fromEnd]! : 1
    if (left !== right && left !== 1 && right !== 1)
      throw new ShapeError(
        `${operation}: cannot broadcast ${left} with ${right}: ${showShape(a)} and ${showShape(b)} differ at axis ${-fromEnd}. ` +
          'Sizes must be equal or 1; reshape or transpose an operand?',
      )
    shape[rank - fromEnd] = left === 1 ? right : left
  }
  return shape
}

/**
 * Axis numbers as counted from the start; negative ones count from the end.
 * @throws ShapeError if one is out of range or named twice.
 */
export function normalizeAxes(operation: string, axes: readonly number[], rank: number): number[] {
  const normalized = axes.map((axis) => normalizeAxis(operation, axis, rank))
  if (new Set(normalized).size !== normalized.length)
    throw new ShapeError(`${operation}: axes ${showShape(axes)} name an axis twice.`)
  return normalized
}

/** @throws ShapeError if the axis is not an integer in [−rank, rank). */
export function normalizeAxis(operation: string, axis: number, rank: number): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank)
    throw new ShapeError(
      rank === 0
        ? `${operation}: axis ${axis} of a scalar: a tensor of shape [] has no axes.`
        : `${operation}: axis ${axis} is out of range for ${rank} axes; it must be an integer from ${-rank} to ${rank - 1}.`,
    )
  return axis < 0 ? axis + rank : axis
}

/** @throws ShapeError unless the shape is a list of non-negative integers. */
export function checkShape(operation: string, shape: Shape): void {
  if (!Array.isArray(shape))
    throw new ShapeError(`${operation}: ${showValue(shape)} is not a shape: a list of sizes is needed, such as [2, 3].`)
  for (const length of shape)
    if (!Number.isInteger(length) || length < 0)
      throw new ShapeError(`${operation}: ${showShape(shape)} is not a shape: sizes must be non-negative integers.`)
}
