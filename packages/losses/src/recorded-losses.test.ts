// The losses of this package against PyTorch's, values and gradients.

import { gradients } from '@neurite/autograd'
import { type Case, expectClose, type RecordedTensor, testRecorded } from '@neurite/oracle'
import { type Tensor, tensor } from '@neurite/tensor'
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  cosineEmbeddingLoss,
  crossEntropy,
  ctcLoss,
  diceLoss,
  focalLoss,
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
  smoothL1Loss,
  softMarginLoss,
  squaredHingeLoss,
  tripletMarginLoss,
} from './index.ts'

interface LossFields {
  readonly inputs: Readonly<Record<string, RecordedTensor>>
  readonly cotangents?: { readonly y: RecordedTensor }
  readonly expected: {
    readonly outputs: { readonly y: RecordedTensor }
    readonly grads?: Readonly<Record<string, RecordedTensor>>
  }
}

type Attributes = Case['attrs']
type Inputs = Readonly<
  Record<
    | 'input'
    | 'target'
    | 'var'
    | 'input1'
    | 'input2'
    | 'anchor'
    | 'positive'
    | 'negative'
    | 'logits'
    | 'targets'
    | 'input_lengths'
    | 'target_lengths',
    Tensor
  > & { readonly weight?: Tensor; readonly pos_weight?: Tensor }
>

const losses: Readonly<Record<string, (inputs: Inputs, attrs: Attributes) => Tensor>> = {
  mse_loss: ({ input, target }, attrs) => meanSquaredError(input, target, attrs),
  l1_loss: ({ input, target }, attrs) => meanAbsoluteError(input, target, attrs),
  smooth_l1_loss: ({ input, target }, attrs) => smoothL1Loss(input, target, attrs),
  huber_loss: ({ input, target }, attrs) => huberLoss(input, target, attrs),
  log_cosh_loss: ({ input, target }, attrs) => logCoshLoss(input, target, attrs),
  binary_cross_entropy: ({ input, target, weight }, attrs) =>
    binaryCrossEntropy(input, target, { ...attrs, ...(weight && { weight }) }),
  binary_cross_entropy_with_logits: ({ input, target, weight, pos_weight: positiveWeight }, attrs) =>
    binaryCrossEntropyWithLogits(input, target, {
      ...attrs,
      ...(weight && { weight }),
      ...(positiveWeight && { positiveWeight }),
    }),
  cross_entropy: ({ input, target, weight }, { label_smoothing = 0, ignore_index = -100, ...attrs }) =>
    crossEntropy(input, target, {
      ...attrs,
      ...(weight && { weight }),
      labelSmoothing: label_smoothing,
      ignoreIndex: ignore_index,
    }),
  nll_loss: ({ input, target, weight }, { ignore_index = -100, ...attrs }) =>
    negativeLogLikelihood(input, target, { ...attrs, ...(weight && { weight }), ignoreIndex: ignore_index }),
  dice_loss: ({ input, target }, attrs) => diceLoss(input, target, attrs),
  sigmoid_focal_loss: ({ input, target }, { reduction = 'none', ...attrs }) =>
    focalLoss(input, target, { ...attrs, reduction }),
  kl_div: ({ input, target }, { reduction = 'mean', log_target = false }) =>
    klDivergence(input, target, {
      reduction: reduction === 'batchmean' ? 'batchMean' : reduction,
      logTargets: log_target,
    }),
  poisson_nll_loss: ({ input, target }, { log_input = true, ...attrs }) =>
    poissonNegativeLogLikelihood(input, target, { ...attrs, logPredictions: log_input }),
  gaussian_nll: ({ input, target, var: variances }, attrs) =>
    gaussianNegativeLogLikelihood(input, target, variances, attrs),
  hinge_loss: ({ input, target }, attrs) => hingeLoss(input, target, attrs),
  squared_hinge_loss: ({ input, target }, attrs) => squaredHingeLoss(input, target, attrs),
  soft_margin_loss: ({ input, target }, attrs) => softMarginLoss(input, target, attrs),
  multi_margin_loss: ({ input, target, weight }, { p = 1, ...attrs }) =>
    multiMarginLoss(input, target, { ...attrs, ...(weight && { weight }), power: p }),
  multilabel_soft_margin_loss: ({ input, target, weight }, attrs) =>
    multiLabelSoftMarginLoss(input, target, { ...attrs, ...(weight && { weight }) }),
  margin_ranking_loss: ({ input1, input2, target }, attrs) => marginRankingLoss(input1, input2, target, attrs),
  hinge_embedding_loss: ({ input, target }, attrs) => hingeEmbeddingLoss(input, target, attrs),
  cosine_embedding_loss: ({ input1, input2, target }, attrs) => cosineEmbeddingLoss(input1, input2, target, attrs),
  triplet_margin_loss: ({ anchor, positive, negative }, { p = 2, ...attrs }) =>
    tripletMarginLoss(anchor, positive, negative, { ...attrs, order: p }),
  ctc_loss_logits: ({ logits, targets, input_lengths, target_lengths }, { zero_infinity = false, ...attrs }) =>
    ctcLoss(
      logits.logSoftmax(2),
      targets,
      { inputs: input_lengths, targets: target_lengths },
      { ...attrs, zeroInfinity: zero_infinity },
    ),
}

async function check({ op, attrs, inputs, cotangents, expected, tolerance }: Case<LossFields>): Promise<void> {
  const tensors = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, tensor(input.data, input)]))
  const y = losses[op]!(tensors as unknown as Inputs, attrs)
  await expectClose(y, expected.outputs.y, tolerance)
  if (cotangents === undefined || expected.grads === undefined) return
  const names = Object.keys(expected.grads)
  const found = gradients(
    y.multiply(tensor(cotangents.y.data, cotangents.y)).sum(),
    names.map((name) => tensors[name]!),
  )
  for (const [i, name] of names.entries()) await expectClose(found[i]!, expected.grads[name]!, tolerance)
}

for (const group of ['losses', 'edge_values', 'boxes']) testRecorded<LossFields>(group, ({ op }) => op in losses, check)
