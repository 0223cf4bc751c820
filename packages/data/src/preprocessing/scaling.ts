import { type Shape, ShapeError, showShape, type Tensor, type TypedArray, tensor } from '@neurite/tensor'

/** x ↦ (x − shift) / scale, feature by feature, along the last axis. */
export interface Scaling {
  readonly shift: readonly number[]
  readonly scale: readonly number[]
}

/** The values of features, one list for each, from examples [n, features]. @throws ShapeError if they have another rank, RangeError if there are none. */
export function columnsOf(what: string, examples: Tensor): Float64Array[] {
  const [rows = 0, features = 0] = examples.shape
  if (examples.rank !== 2)
    throw new ShapeError(`${what}: expected examples [n, features]; got ${showShape(examples.shape)}.`)
  if (rows === 0) throw new RangeError(`${what}: there are no examples to fit to.`)
  const data: TypedArray = examples.dataSync()
  return Array.from({ length: features }, (_, feature) =>
    Float64Array.from({ length: rows }, (_, row) => data[row * features + feature]!),
  )
}

/** Builds graph: inside a compiled function it costs no pass of its own. */
export function applyScaling<S extends Shape>(what: string, x: Tensor<S>, scaling: Scaling): Tensor<S, 'float32'> {
  const { shift, scale } = vectors(what, x, scaling)
  return (x as Tensor).cast('float32').subtract(shift).divide(scale) as Tensor<S, 'float32'>
}

export function invertScaling<S extends Shape>(what: string, y: Tensor<S>, scaling: Scaling): Tensor<S, 'float32'> {
  const { shift, scale } = vectors(what, y, scaling)
  return (y as Tensor).cast('float32').multiply(scale).add(shift) as Tensor<S, 'float32'>
}

function vectors(what: string, x: Tensor, { shift, scale }: Scaling): { shift: Tensor; scale: Tensor } {
  if (x.shape.at(-1) !== shift.length)
    throw new ShapeError(
      `${what}: was fitted to ${shift.length} features, but ${showShape(x.shape)} has ${x.shape.at(-1) ?? 0} along its last axis.`,
    )
  return { shift: tensor(shift), scale: tensor(scale) }
}

/** Mean and standard deviation of the population, in two passes. */
export function measure(values: ArrayLike<number>): { readonly mean: number; readonly standardDeviation: number } {
  const all = Array.from(values)
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length
  return { mean, standardDeviation: Math.sqrt(variance) }
}

const leastFloat32 = 2 ** -126

/** Where nothing varies, what is left after the shift is 0, which no scale changes; rounding can leave a trace of a deviation. */
export function scaleOr1(scale: number, size: number): number {
  return scale > Math.max(leastFloat32, 1e-12 * Math.abs(size)) ? scale : 1
}
