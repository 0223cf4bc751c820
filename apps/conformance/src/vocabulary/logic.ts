import { areFinite, areNaN, type Tensor, where } from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly condition: Tensor
  readonly input: Tensor
  readonly other: Tensor
}

export const logic: Operations<'logic', Inputs, unknown> = {
  eq: ({ input, other }) => input.equal(other),
  ge: ({ input, other }) => input.greaterEqual(other),
  gt: ({ input, other }) => input.greater(other),
  isfinite: ({ input }) => areFinite(input),
  isnan: ({ input }) => areNaN(input),
  le: ({ input, other }) => input.lessEqual(other),
  logical_and: ({ input, other }) => input.cast('bool').and(other.cast('bool')),
  logical_not: ({ input }) => input.cast('bool').not(),
  logical_or: ({ input, other }) => input.cast('bool').or(other.cast('bool')),
  logical_xor: ({ input, other }) => input.cast('bool').xor(other.cast('bool')),
  lt: ({ input, other }) => input.less(other),
  ne: ({ input, other }) => input.notEqual(other),
  where: ({ condition, input, other }) => where(condition, input, other),
}
