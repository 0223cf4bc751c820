import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  meanSquaredError,
  type Reduction,
} from '@neurite/losses'
import type { Tensor } from '@neurite/tensor'
import { missing, type Operations } from './operation.ts'

interface Inputs {
  readonly input: Tensor
  readonly pos_weight?: Tensor
  readonly target: Tensor
  readonly weight?: Tensor
}

interface Attributes {
  readonly ignore_index?: number
  readonly label_smoothing?: number
  readonly reduction?: Reduction
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
  cosine_embedding_loss: missing,
  cross_entropy: ({ input, target, weight }, { reduction = 'mean', label_smoothing = 0, ignore_index = -100 }) =>
    crossEntropy(input, target, {
      reduction,
      labelSmoothing: label_smoothing,
      ignoreIndex: ignore_index,
      ...(weight && { weight }),
    }),
  ctc_loss_logits: missing,
  dice_loss: missing,
  gaussian_nll: missing,
  hinge_embedding_loss: missing,
  hinge_loss: missing,
  huber_loss: missing,
  kl_div: missing,
  l1_loss: missing,
  log_cosh_loss: missing,
  margin_ranking_loss: missing,
  mse_loss: ({ input, target }, { reduction = 'mean' }) => meanSquaredError(input, target, { reduction }),
  multi_margin_loss: missing,
  multilabel_soft_margin_loss: missing,
  nll_loss: missing,
  poisson_nll_loss: missing,
  smooth_l1_loss: missing,
  soft_margin_loss: missing,
  squared_hinge_loss: missing,
  triplet_margin_loss: missing,
}
