import { DTypeError, ShapeError, showShape } from '../errors.ts'
import type { RandomName, ReferenceRules, ShapeRules } from '../primitive.ts'
import { checkShape, sizeOf } from '../shape.ts'
import { threefry } from './threefry.ts'

export const randomShapes: ShapeRules<RandomName> = {
  randomBits: ([key], { shape }) => {
    // C1
    if (key!.shape.length !== 1 || key!.shape[0] !== 2)
      throw new ShapeError(`randomBits: a key has shape [2], not ${showShape(key!.shape)}. Make it with key(seed)?`)
    // C2
    if (key!.dtype !== 'int32')
      throw new DTypeError(`randomBits: a key is int32, not ${key!.dtype}. Make it with key(seed)?`)
    // C3
    checkShape('randomBits', shape)
    return { shape, dtype: 'int32' }
  },
}

export const randomReference: ReferenceRules<RandomName> = {
  randomBits: ([key], { shape }) => {
    const words = [key!.data[0]!, key!.data[1]!] as const
    return new Int32Array(sizeOf(shape)).map((_, i) => threefry(words, [i, 0])[0])
  },
}
