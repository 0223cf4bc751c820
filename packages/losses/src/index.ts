// Loss functions, in the order to learn them.

export { type BinaryCrossEntropyOptions, binaryCrossEntropy } from './binary-cross-entropy.ts'
export {
  type BinaryCrossEntropyWithLogitsOptions,
  binaryCrossEntropyWithLogits,
} from './binary-cross-entropy-with-logits.ts'
export { type CrossEntropyOptions, crossEntropy } from './cross-entropy.ts'
export { meanSquaredError } from './mean-squared-error.ts'

// What they share.
export type { LossOptions, Reduced, Reduction } from './reduction.ts'
