import { bind } from './bind.ts'
import type { DType, TypedArray } from './dtype.ts'
import { allocate, checkIsDType } from './dtype.ts'
import { DTypeError, ShapeError, showShape, showValue } from './errors.ts'
import type { Shape } from './shape.ts'
import { checkShape, sizeOf } from './shape.ts'
import type { Sized } from './shape-types/mismatch.ts'
import type { NestedDType, NestedNumbers, NestedShape } from './shape-types/nested.ts'
import type { Tensor } from './tensor.ts'

export interface TensorOptions<S extends Shape = Shape, D extends DType = DType> {
  /** Default: the nesting's lengths; one axis for a typed array. */
  readonly shape?: S
  /** Default: float32 for numbers, bool for booleans, a typed array's own (uint8 for Uint8Array). */
  readonly dtype?: D
}

type Data = NestedNumbers | TypedArray

type DataShape<T> = T extends TypedArray ? [number] : NestedShape<T>

/** Dtype that data have of themselves. */
type DataDType<T> = T extends Float32Array
  ? 'float32'
  : T extends Float64Array
    ? 'float64'
    : T extends Int32Array
      ? 'int32'
      : T extends Uint8Array
        ? 'uint8'
        : NestedDType<T>

/**
 * A tensor of the given numbers, which are copied.
 * @throws ShapeError if lists on one level differ in length, or the number of elements is not that of `shape`.
 * @throws DTypeError if an integer dtype cannot hold an element.
 */
export function tensor<const T extends Data, const S extends Shape, D extends DType = DataDType<T>>(
  data: T,
  options: { readonly shape: S; readonly dtype?: D },
): Tensor<Sized<S>, NoInfer<D>>
export function tensor<const T extends Data, D extends DType = DataDType<T>>(
  data: T,
  options?: { readonly shape?: never; readonly dtype?: D },
): Tensor<DataShape<T>, NoInfer<D>>
export function tensor(data: Data, options: TensorOptions = {}): Tensor {
  if (typeof options !== 'object')
    throw new TypeError(
      `tensor: options such as { dtype: 'int32' } are needed after the data, not ${showValue(options)}.`,
    )
  const dtype = options.dtype ?? dtypeOfData(data)
  checkIsDType('tensor', dtype)
  const own = shapeOfData(data)
  const shape: Shape = options.shape === undefined ? own : [...options.shape]
  checkShape('tensor', shape)
  if (sizeOf(own) !== sizeOf(shape))
    throw new ShapeError(`tensor: ${sizeOf(own)} elements do not fill ${showShape(shape)}, which has ${sizeOf(shape)}.`)
  return leaf(ArrayBuffer.isView(data) ? convert(data, dtype) : flatten(data, own, dtype), shape, dtype)
}

/** @internal A tensor that owns `data`. */
export function leaf(data: TypedArray, shape: Shape, dtype: DType): Tensor {
  const result = bind('input', [], { shape, dtype })
  result.realize(data)
  return result
}

function isList(data: Data): data is readonly NestedNumbers[] {
  return Array.isArray(data)
}

function shapeOfData(data: Data): number[] {
  if (ArrayBuffer.isView(data)) return [data.length]
  const shape: number[] = []
  let level: Data | undefined = data
  while (level !== undefined && isList(level)) {
    shape.push(level.length)
    level = level[0]
  }
  return shape
}

function dtypeOfData(data: Data): DType {
  if (data instanceof Float32Array) return 'float32'
  if (data instanceof Float64Array) return 'float64'
  if (data instanceof Int32Array) return 'int32'
  if (data instanceof Uint8Array) return 'uint8'
  if (ArrayBuffer.isView(data))
    throw new DTypeError(
      `tensor: takes Float32Array, Float64Array, Int32Array and Uint8Array, not ${Object.prototype.toString.call(data).slice(8, -1)}.`,
    )
  let first: Data | undefined = data
  while (first !== undefined && isList(first)) first = first[0]
  return typeof first === 'boolean' ? 'bool' : 'float32'
}

function convert(data: TypedArray, dtype: DType): TypedArray {
  if (dtypeOfData(data) === dtype) return data.slice()
  const result = allocate(dtype, data.length)
  for (let i = 0; i < data.length; i++) result[i] = element(data[i]!, dtype, () => `[${i}]`)
  return result
}

/** The elements of nested lists, row-major. */
function flatten(data: NestedNumbers, shape: Shape, dtype: DType): TypedArray {
  const result = allocate(dtype, sizeOf(shape))
  let next = 0
  const fill = (level: NestedNumbers, place: readonly number[]): void => {
    const depth = place.length
    const where = (): string => (depth === 0 ? 'the top' : `[${place.join('][')}]`)
    if (depth === shape.length) {
      if (isList(level))
        throw new ShapeError(`tensor: ragged lists: ${where()} is a list, but the first element of its level is not.`)
      if (typeof level !== 'number' && typeof level !== 'boolean')
        throw new TypeError(`tensor: ${where()} is ${showValue(level)}, where a number is needed.`)
      result[next++] = element(level, dtype, where)
      return
    }
    if (!isList(level) || level.length !== shape[depth])
      throw new ShapeError(
        `tensor: ragged lists: ${where()} has ${isList(level) ? `length ${level.length}` : 'no list'} where ${shape[depth]} elements were expected.`,
      )
    for (let i = 0; i < level.length; i++) fill(level[i]!, [...place, i])
  }
  fill(data, [])
  return result
}

function element(value: number | boolean, dtype: DType, where: () => string): number {
  const number = Number(value)
  if (dtype === 'bool') return number === 0 ? 0 : 1
  if (dtype === 'float32' || dtype === 'float64') return number
  const wrapped = dtype === 'int32' ? number | 0 : number & 255
  if (wrapped !== number) throw new DTypeError(`tensor: ${number} at ${where()} is not a ${dtype} value.`)
  return number
}
