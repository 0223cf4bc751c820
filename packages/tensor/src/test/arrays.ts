// Arrays and the rules of primitives applied to them, for tests that compare with definitions by indices.

import fc from 'fast-check'
import type { DType } from '../dtype.ts'
import { allocate } from '../dtype.ts'
import type { ArrayValue, PrimitiveName, Primitives, ReferenceRule, ShapeRule } from '../primitive.ts'
import { referenceRules, shapeRules } from '../primitives/index.ts'
import type { Shape } from '../shape.ts'
import { sizeOf } from '../shape.ts'

export function arrayOf(
  values: readonly number[],
  shape: Shape = [values.length],
  dtype: DType = 'float32',
): ArrayValue {
  const data = allocate(dtype, sizeOf(shape))
  data.set(values)
  return { shape, dtype, data }
}

/** Elements 1, 2, 3, … so that each is recognised. */
export function counting(shape: Shape, dtype: DType = 'float32'): ArrayValue {
  return arrayOf(
    Array.from({ length: sizeOf(shape) }, (_, i) => i + 1),
    shape,
    dtype,
  )
}

/** All indices into a shape, row-major. */
function indicesOf(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (indices, length) => indices.flatMap((index) => Array.from({ length }, (_, i) => [...index, i])),
    [[]],
  )
}

/** The type and the elements that a primitive's rules give. */
export function apply<P extends PrimitiveName>(
  primitive: P,
  inputs: readonly ArrayValue[],
  attributes: Primitives[P],
): ArrayValue {
  const { shape, dtype } = (shapeRules[primitive] as ShapeRule<P>)(inputs, attributes)
  const data = (referenceRules[primitive] as ReferenceRule<P>)(inputs, attributes, { shape, dtype })
  return { shape, dtype, data }
}

/** The elements of an array that is defined index by index. */
export function elementsBy(shape: Shape, definition: (index: readonly number[]) => number): number[] {
  return indicesOf(shape).map(definition)
}

/** Small shapes, empty ones and scalars among them. */
export function shapes(limits: { minRank?: number; maxRank?: number; minSize?: number } = {}): fc.Arbitrary<number[]> {
  const { minRank = 0, maxRank = 4, minSize = 0 } = limits
  return fc.array(fc.integer({ min: minSize, max: 4 }), { minLength: minRank, maxLength: maxRank })
}
