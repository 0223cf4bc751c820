import { ShapeError, showShape, type Tensor, type TypedArray, tensor } from '@neurite/tensor'
import type { Batch, InMemoryDataset } from './dataset.ts'

/**
 * The examples that tensors hold along their first axis: example i is row i of every one.
 *
 *     tensorDataset(images, labels)   // images [n, 1, 28, 28], labels [n]
 *
 * The tensors are read once, now.
 * @throws ShapeError if a tensor is a scalar, or their first axes differ in size.
 */
export function tensorDataset<const Fields extends readonly [Tensor, ...Tensor[]]>(
  ...fields: Fields
): InMemoryDataset<Fields> {
  const length = commonLength(fields)
  const columns = fields.map((field) => ({ field, data: field.dataSync(), rowSize: field.size / Math.max(1, length) }))
  return {
    length,
    take(positions): Batch<Fields> {
      return columns.map(({ field, data, rowSize }) => {
        const rows = gatherRows(data, rowSize, positions)
        return tensor(rows, { shape: [positions.length, ...field.shape.slice(1)], dtype: field.dtype })
      }) as Batch<Fields>
    },
  }
}

function commonLength(fields: readonly Tensor[]): number {
  const [length, ...others] = fields.map(({ shape }) => shape[0])
  if (length === undefined || others.some((other) => other !== length))
    throw new ShapeError(
      `tensorDataset: first axes must count the same examples, but the shapes are ` +
        `${fields.map(({ shape }) => showShape(shape)).join(', ')}.`,
    )
  return length
}

function gatherRows(data: TypedArray, rowSize: number, positions: ArrayLike<number>): TypedArray {
  const rows = new (data.constructor as new (size: number) => TypedArray)(positions.length * rowSize)
  for (let row = 0; row < positions.length; row++) {
    const start = positions[row]! * rowSize
    rows.set(data.subarray(start, start + rowSize), row * rowSize)
  }
  return rows
}
