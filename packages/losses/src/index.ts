// Loss functions, by what is predicted, in the order to learn them.

// Classes, by probabilities.
export { type BinaryCrossEntropyOptions, binaryCrossEntropy } from './classification/binary-cross-entropy.ts'
export {
  type BinaryCrossEntropyWithLogitsOptions,
  binaryCrossEntropyWithLogits,
} from './classification/binary-cross-entropy-with-logits.ts'
export type { ClassIndexOptions } from './classification/class-indices.ts'
export { type CrossEntropyOptions, crossEntropy } from './classification/cross-entropy.ts'
export { type DiceLossOptions, diceLoss } from './classification/dice-loss.ts'
export { type FocalLossOptions, focalLoss } from './classification/focal-loss.ts'
export { type NegativeLogLikelihoodOptions, negativeLogLikelihood } from './classification/negative-log-likelihood.ts'
// Distributions.
export {
  type GaussianNegativeLogLikelihoodOptions,
  gaussianNegativeLogLikelihood,
} from './likelihood/gaussian-negative-log-likelihood.ts'
export { type DivergenceReduction, type KLDivergenceOptions, klDivergence } from './likelihood/kl-divergence.ts'
export {
  type PoissonNegativeLogLikelihoodOptions,
  poissonNegativeLogLikelihood,
} from './likelihood/poisson-negative-log-likelihood.ts'
// Classes and ranks, by scores with a margin.
export { type HingeLossOptions, hingeLoss } from './margin/hinge-loss.ts'
export { type MarginRankingLossOptions, marginRankingLoss } from './margin/margin-ranking-loss.ts'
export {
  type MultiLabelSoftMarginLossOptions,
  multiLabelSoftMarginLoss,
} from './margin/multi-label-soft-margin-loss.ts'
export { type MultiMarginLossOptions, multiMarginLoss } from './margin/multi-margin-loss.ts'
export { softMarginLoss } from './margin/soft-margin-loss.ts'
export { squaredHingeLoss } from './margin/squared-hinge-loss.ts'
// What they share.
export type { LossOptions, OnePerRow, Reduced, Reduction } from './reduction.ts'
// Numbers.
export { type HuberLossOptions, huberLoss } from './regression/huber-loss.ts'
export { logCoshLoss } from './regression/log-cosh-loss.ts'
export { meanAbsoluteError } from './regression/mean-absolute-error.ts'
export { meanSquaredError } from './regression/mean-squared-error.ts'
export { type SmoothL1LossOptions, smoothL1Loss } from './regression/smooth-l1-loss.ts'
// Sequences of labels.
export { type CTCLengths, type CTCLossOptions, ctcLoss } from './sequence/ctc-loss.ts'
// Vectors that are near where things are alike.
export { cosineEmbeddingLoss } from './similarity/cosine-embedding-loss.ts'
export { hingeEmbeddingLoss } from './similarity/hinge-embedding-loss.ts'
export { type TripletMarginLossOptions, tripletMarginLoss } from './similarity/triplet-margin-loss.ts'
