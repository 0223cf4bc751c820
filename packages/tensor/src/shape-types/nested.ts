import type { AnyDType } from '../dtype.ts'
import type { AnyShape } from '../shape.ts'

/** Numbers or booleans in lists of equal lengths, nested to any depth. */
export type NestedNumbers = number | boolean | readonly NestedNumbers[]

/** Shape of nested lists: literal lengths where a list is a tuple, `AnyShape` where the depth is unknown. */
export type NestedShape<T> = readonly NestedNumbers[] extends T
  ? AnyShape
  : T extends readonly []
    ? [0]
    : T extends readonly [infer First, ...unknown[]]
      ? [T['length'], ...NestedShape<First>]
      : T extends readonly (infer Each)[]
        ? [number, ...NestedShape<Each>]
        : []

/** Dtype of nested lists: bool for booleans, else float32. */
export type NestedDType<T> = readonly NestedNumbers[] extends T
  ? AnyDType
  : T extends readonly (infer Element)[]
    ? NestedDType<Element>
    : T extends boolean
      ? 'bool'
      : 'float32'
