import { allocate, type Tensor, type TypedArray, tensor } from '@neurite/tensor'

/** Examples like `x`: the first is x itself, in the others its elements have changed places. */
export function examplesOf(x: Tensor, count: number): readonly Tensor[] {
  const data = x.dataSync()
  return Array.from({ length: count }, (_, example) =>
    tensor(data.map((_: number, i: number) => data[(i + example) % data.length]!) as TypedArray, {
      shape: x.shape,
      dtype: x.dtype,
    }),
  )
}

/** Tensors of one type along a new first axis, put together element by element. */
export function stacked(examples: readonly Tensor[]): Tensor {
  const { dtype, shape, size } = examples[0]!
  const data = allocate(dtype, examples.length * size)
  examples.forEach((example, i) => {
    data.set(example.dataSync(), i * size)
  })
  return tensor(data, { shape: [examples.length, ...shape], dtype })
}
