import { allocate, type DType, ShapeError, showShape, type Tensor, type TypedArray, tensor } from '@neurite/tensor'

/** The fields of an example: a tensor, or a number (float32) or truth value (bool) for a scalar. */
export type ExampleField = Tensor | number | boolean

/** A field of `B` examples in one tensor, with `B` in front of the example's shape. */
export type StackedField<Field, B extends number> = Field extends boolean
  ? Tensor<[B], 'bool'>
  : Field extends number
    ? Tensor<[B], 'float32'>
    : Field extends Tensor<infer S, infer D>
      ? Tensor<[B, ...S], D>
      : never

/** One tensor for each field of a list of examples, with the list's length in its type where that is known. */
export type StackedExamples<Examples extends readonly (readonly ExampleField[])[]> = StackedFields<
  Examples[number],
  Examples['length']
>

type StackedFields<Example extends readonly ExampleField[], B extends number> = {
  -readonly [K in keyof Example]: StackedField<Example[K], B>
}

/**
 * A batch from a list of examples: field by field, one above the other along a new first axis.
 *
 *     stream.batch(64, { dropLast: true }).map(stackExamples)
 *
 * @throws ShapeError if the examples differ in their fields, shapes or dtypes, or there is none.
 */
export function stackExamples<const Examples extends readonly (readonly ExampleField[])[]>(
  examples: Examples,
): StackedExamples<Examples> {
  const first = examples[0]
  if (first === undefined) throw new ShapeError('stackExamples: there is no example.')
  return first.map((_, field) => stackField(examples, field)) as StackedExamples<Examples>
}

function stackField(examples: readonly (readonly ExampleField[])[], field: number): Tensor {
  const first = describe(examples[0]![field]!)
  let stacked: TypedArray | undefined
  for (const [row, example] of examples.entries()) {
    const value = example[field]
    const { dtype, shape, data } = value === undefined ? { dtype: 'nothing', shape: [], data: [] } : describe(value)
    if (dtype !== first.dtype || showShape(shape) !== showShape(first.shape))
      throw new ShapeError(
        `stackExamples: field ${field} is ${first.dtype} ${showShape(first.shape)} in example 0, but ${dtype} ${showShape(shape)} ` +
          `in example ${row}; all examples of a batch must agree.`,
      )
    stacked ??= allocate(first.dtype, examples.length * data.length)
    stacked.set(data, row * data.length)
  }
  return tensor(stacked!, { shape: [examples.length, ...first.shape], dtype: first.dtype })
}

interface FieldValue {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

function describe(field: ExampleField): FieldValue {
  if (typeof field === 'number') return { dtype: 'float32', shape: [], data: [field] }
  if (typeof field === 'boolean') return { dtype: 'bool', shape: [], data: [Number(field)] }
  return { dtype: field.dtype, shape: field.shape, data: field.dataSync() }
}
