import { type IndexingName, scatterAdd } from '@neurite/tensor'
import type { VjpRules } from '../rule.ts'

// Gather and scatterAdd are each other's adjoints; the indices are integers.
export const indexingRules: VjpRules<IndexingName> = {
  gather: (c, { inputs: [source, indices], attributes: { axis } }) => [
    scatterAdd(c, indices!, { axis, size: source!.shape[axis] }),
    null,
  ],
  scatterAdd: (c, { inputs: [, indices], attributes: { axis } }) => [c.take(indices!, axis), null],
}
