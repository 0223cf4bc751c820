import { DTypeError, ShapeError, showShape } from '../errors.ts'
import type { RandomName, ReferenceRules, ShapeRules } from '../primitive.ts'
import { checkShape, sizeOf } from '../shape.ts'
import { threefry } from './threefry.ts'

export const randomShapes: ShapeRules<RandomName> = {
  randomBits: ([keys], { shape }) => {
    // C1
    if (keys!.shape.at(-1) !== 2)
      throw new ShapeError(
        `randomBits: a key has shape [2], and many have [..., 2], not ${showShape(keys!.shape)}. Make it with key(seed)?`,
      )
    // C2
    if (keys!.dtype !== 'int32')
      throw new DTypeError(`randomBits: a key is int32, not ${keys!.dtype}. Make it with key(seed)?`)
    // C3
    checkShape('randomBits', shape)
    return { shape: [...keys!.shape.slice(0, -1), ...shape], dtype: 'int32' }
  },
}

export const randomReference: ReferenceRules<RandomName> = {
  randomBits: ([keys], { shape }, output) => {
    const { data } = keys!
    const count = sizeOf(shape)
    return new Int32Array(sizeOf(output.shape)).map((_, i) => {
      const key = 2 * Math.floor(i / count)
      return threefry([data[key]!, data[key + 1]!], [i % count, 0])[0]
    })
  },
}
