import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  cosineEmbeddingLoss,
  crossEntropy,
  ctcLoss,
  diceLoss,
  gaussianNegativeLogLikelihood,
  hingeEmbeddingLoss,
  hingeLoss,
  huberLoss,
  klDivergence,
  logCoshLoss,
  marginRankingLoss,
  meanAbsoluteError,
  meanSquaredError,
  multiLabelSoftMarginLoss,
  multiMarginLoss,
  negativeLogLikelihood,
  poissonNegativeLogLikelihood,
  type Reduction,
  smoothL1Loss,
  softMarginLoss,
  squaredHingeLoss,
  tripletMarginLoss,
} from '@neurite/losses'
import type { Tensor } from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly anchor: Tensor
  readonly input: Tensor
  readonly input1: Tensor
  readonly input2: Tensor
  readonly input_lengths: Tensor
  readonly logits: Tensor
  readonly negative: Tensor
  readonly pos_weight?: Tensor
  readonly positive: Tensor
  readonly target: Tensor
  readonly target_lengths: Tensor
  readonly targets: Tensor
  readonly var: Tensor
  readonly weight?: Tensor
}

interface Attributes {
  readonly beta?: number
  readonly blank?: number
  readonly delta?: number
  readonly full?: boolean
  readonly ignore_index?: number
  readonly label_smoothing?: number
  readonly log_input?: boolean
  readonly log_target?: boolean
  readonly margin?: number
  readonly p?: number
  readonly reduction?: Reduction
  readonly smooth?: number
  readonly swap?: boolean
  readonly zero_infinity?: boolean
}

export const losses: Operations<'losses', Inputs, Attributes> = {
  binary_cross_entropy: ({ input, target, weight }, { reduction = 'mean' }) =>
    binaryCrossEntropy(input, target, { reduction, ...(weight && { weight }) }),
  binary_cross_entropy_with_logits: ({ input, target, weight, pos_weight }, { reduction = 'mean' }) =>
    binaryCrossEntropyWithLogits(input, target, {
      reduction,
      ...(weight && { weight }),
      ...(pos_weight && { positiveWeight: pos_weight }),
    }),
  cosine_embedding_loss: ({ input1, input2, target }, { reduction = 'mean', margin = 0 }) =>
    cosineEmbeddingLoss(input1, input2, target, { reduction, margin }),
  cross_entropy: ({ input, target, weight }, { reduction = 'mean', label_smoothing = 0, ignore_index = -100 }) =>
    crossEntropy(input, target, {
      reduction,
      labelSmoothing: label_smoothing,
      ignoreIndex: ignore_index,
      ...(weight && { weight }),
    }),
  ctc_loss_logits: (
    { logits, targets, input_lengths, target_lengths },
    { blank = 0, reduction = 'mean', zero_infinity = false },
  ) =>
    ctcLoss(
      logits.logSoftmax(2),
      targets,
      { inputs: input_lengths, targets: target_lengths },
      { blank, reduction, zeroInfinity: zero_infinity },
    ),
  dice_loss: ({ input, target }, { smooth = 1 }) => diceLoss(input, target, { smooth }),
  gaussian_nll: ({ input, target, var: variances }, { reduction = 'mean', full = false }) =>
    gaussianNegativeLogLikelihood(input, target, variances, { reduction, full }),
  hinge_embedding_loss: ({ input, target }, { reduction = 'mean', margin = 1 }) =>
    hingeEmbeddingLoss(input, target, { reduction, margin }),
  hinge_loss: ({ input, target }, { reduction = 'mean', margin = 1 }) =>
    hingeLoss(input, target, { reduction, margin }),
  huber_loss: ({ input, target }, { reduction = 'mean', delta = 1 }) => huberLoss(input, target, { reduction, delta }),
  kl_div: ({ input, target }, { reduction = 'mean', log_target = false }) =>
    klDivergence(input, target, {
      reduction: (reduction as string) === 'batchmean' ? 'batchMean' : reduction,
      logTargets: log_target,
    }),
  l1_loss: ({ input, target }, { reduction = 'mean' }) => meanAbsoluteError(input, target, { reduction }),
  log_cosh_loss: ({ input, target }, { reduction = 'mean' }) => logCoshLoss(input, target, { reduction }),
  margin_ranking_loss: ({ input1, input2, target }, { reduction = 'mean', margin = 0 }) =>
    marginRankingLoss(input1, input2, target, { reduction, margin }),
  mse_loss: ({ input, target }, { reduction = 'mean' }) => meanSquaredError(input, target, { reduction }),
  multi_margin_loss: ({ input, target, weight }, { reduction = 'mean', margin = 1, p = 1 }) =>
    multiMarginLoss(input, target, { reduction, margin, power: p as 1 | 2, ...(weight && { weight }) }),
  multilabel_soft_margin_loss: ({ input, target, weight }, { reduction = 'mean' }) =>
    multiLabelSoftMarginLoss(input, target, { reduction, ...(weight && { weight }) }),
  nll_loss: ({ input, target, weight }, { reduction = 'mean', ignore_index = -100 }) =>
    negativeLogLikelihood(input, target, { reduction, ignoreIndex: ignore_index, ...(weight && { weight }) }),
  poisson_nll_loss: ({ input, target }, { reduction = 'mean', log_input = true, full = false }) =>
    poissonNegativeLogLikelihood(input, target, { reduction, logPredictions: log_input, full }),
  smooth_l1_loss: ({ input, target }, { reduction = 'mean', beta = 1 }) =>
    smoothL1Loss(input, target, { reduction, beta }),
  soft_margin_loss: ({ input, target }, { reduction = 'mean' }) => softMarginLoss(input, target, { reduction }),
  squared_hinge_loss: ({ input, target }, { reduction = 'mean', margin = 1 }) =>
    squaredHingeLoss(input, target, { reduction, margin }),
  triplet_margin_loss: ({ anchor, positive, negative }, { reduction = 'mean', margin = 1, p = 2, swap = false }) =>
    tripletMarginLoss(anchor, positive, negative, { reduction, margin, order: p, swap }),
}
