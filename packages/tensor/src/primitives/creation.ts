import { allocate } from '../dtype.ts'
import type { CreationName, ReferenceRules, ShapeRules } from '../primitive.ts'
import { checkShape, normalizeAxis, sizeOf } from '../shape.ts'
import { checkElement, conversion } from './element.ts'
import { viewOffsets } from './view-offsets.ts'

export const creationShapes: ShapeRules<CreationName> = {
  input: (_, attributes) => {
    // C1
    checkShape('input', attributes.shape)
    return attributes
  },

  constant: (_, attributes) => {
    // C1
    checkShape('constant', attributes.shape)
    // C2
    checkElement('constant', attributes.value, attributes.dtype)
    return attributes
  },

  iota: (_, attributes) => {
    // C1
    checkShape('iota', attributes.shape)
    // C2
    normalizeAxis('iota', attributes.axis, attributes.shape.length)
    return attributes
  },
}

export const creationReference: ReferenceRules<CreationName> = {
  input: (_, __, { shape, dtype }) => {
    throw new Error(
      `evaluate: a ${dtype} tensor [${shape.join(', ')}] has no value: it is an argument of a function that is being ` +
        'compiled. Return what you want to know from the function and read it outside.',
    )
  },

  constant: (_, { value }, { shape, dtype }) => {
    const values = allocate(dtype, sizeOf(shape))
    return Object.is(value, 0) ? values : values.fill(value)
  },

  iota: (_, { axis }, { shape, dtype }) => {
    const positions = viewOffsets(
      shape,
      shape.map((_, i) => (i === axis ? 1 : 0)),
    )
    const convert = conversion('int32', dtype)
    const result = allocate(dtype, positions.length)
    for (let i = 0; i < result.length; i++) result[i] = convert(positions[i]!)
    return result
  },
}
