import type { Tensor } from '@neurite/tensor'

/** The sum of those that are there. */
export function total(terms: readonly (Tensor | undefined)[]): Tensor | undefined {
  return terms.reduce(
    (sum, term) => (sum === undefined || term === undefined ? (sum ?? term) : sum.add(term)),
    undefined,
  )
}
