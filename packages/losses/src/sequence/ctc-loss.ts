import {
  concatenate,
  full,
  iota,
  logSumExp,
  type Shape,
  ShapeError,
  scan,
  showShape,
  stack,
  type Tensor,
  where,
} from '@neurite/tensor'
import { type LossOptions, type Reduced, type Reduction, reduced } from '../reduction.ts'

export interface CTCLossOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Class that stands for "no label here". Default 0. */
  readonly blank?: number
  /** Whether sequences too short for their labels cost nothing instead of ∞. Default false. */
  readonly zeroInfinity?: boolean
}

/** Lengths of the sequences of a batch, int32 [N] each. */
export interface CTCLengths {
  /** Of the predictions, at most T. */
  readonly inputs: Tensor
  /** Of the labels, at most S. */
  readonly targets: Tensor
}

/** −log probability of what cannot happen: finite, so that its gradient is 0 and not NaN, and beyond any sum of real ones. */
const impossible = 1e30

/**
 * Connectionist temporal classification (Graves et al. 2006, § 4.1): −log of the probability of all ways to spread the labels over
 * the time steps, with blanks between them, that read as the labels.
 *
 *     αₜ(s) = (αₜ₋₁(s) + αₜ₋₁(s − 1) + [label s may follow label s − 2] · αₜ₋₁(s − 2)) · yₜ(label s)      in logarithms
 *
 * @param logProbabilities [T, N, C], such as `logSoftmax(scores, 2)`.
 * @param targets Class indices of the labels, int32 [N, S], padded at the end with any class.
 * @param lengths Those that count of each sequence.
 * @param options 'mean' divides each loss by the number of its labels, then takes the mean over the batch, as in PyTorch.
 * @throws ShapeError if the shapes do not fit, RangeError if the blank is no class. A label outside [0, C) is an error when the loss is computed.
 */
export function ctcLoss<R extends Reduction = 'mean'>(
  logProbabilities: Tensor,
  targets: Tensor,
  lengths: CTCLengths,
  options: CTCLossOptions<R> = {},
): Tensor<Reduced<[number], R>> {
  const { blank = 0, zeroInfinity = false, reduction = 'mean' as Reduction } = options
  checkShapes(logProbabilities, targets, lengths)
  const classes: number = logProbabilities.shape[2]
  if (!Number.isInteger(blank) || blank < 0 || blank >= classes)
    throw new RangeError(`ctcLoss: blank is ${blank}; it must be one of the ${classes} classes from 0.`)
  const labels = withBlanks(targets.cast('int32'), blank)
  const reached = forwardLogProbabilities(logProbabilities, labels, { blank, lengths: lengths.inputs })
  const surprise = endings(reached, lengths.targets).negate()
  const isPossible = surprise.less(impossible / 2)
  const losses: Tensor = where(isPossible, surprise, zeroInfinity ? 0 : Infinity)
  if (reduction !== 'mean') return reduced(losses, reduction)
  return losses.divide(lengths.targets.maximum(1).cast(losses.dtype)).mean()
}

/** [N, S] → [N, 2S + 1]: a blank before, between and after the labels. */
function withBlanks(targets: Tensor, blank: number): Tensor {
  const [batch, length] = targets.shape as [number, number]
  const blanks: Tensor = full([batch, length], blank, 'int32')
  const pairs = stack([blanks, targets], 2).reshape([batch, 2 * length])
  return concatenate([pairs, full([batch, 1], blank, 'int32')], 1)
}

interface ForwardOptions {
  readonly blank: number
  readonly lengths: Tensor
}

/** log αₜ(s) [N, 2S + 1] at the last step of each sequence. */
function forwardLogProbabilities(logProbabilities: Tensor, labels: Tensor, options: ForwardOptions): Tensor {
  const { blank, lengths } = options
  const [steps, batch] = logProbabilities.shape as [number, number, number]
  const places: number = labels.shape[1]
  const emitted = logProbabilities.takeAlongAxis(labels.unsqueeze(0).broadcastTo([steps, batch, places]), 2)
  const maySkip = labels.notEqual(blank).and(labels.notEqual(shifted(labels, 2, blank)))
  const detour: Tensor = where(maySkip, 0, -impossible)
  const start: Tensor = where(iota([batch, places], 1).equal(0), 0, -impossible).cast(logProbabilities.dtype)
  const [last] = scan(
    (before: Tensor, { emission, time }: { emission: Tensor; time: Tensor }): [Tensor, Tensor[]] => {
      const ways = [before, shifted(before, 1, -impossible), shifted(before, 2, -impossible).add(detour)]
      const after: Tensor = logSumExp(stack(ways, 0), 0).add(emission).maximum(-impossible)
      return [where(time.less(lengths).unsqueeze(1), after, before), []]
    },
    start,
    { emission: emitted, time: iota([steps], 0) },
  )
  return last
}

/** log of the probability that all labels have been read: at the last one or the blank behind it. */
function endings(reached: Tensor, lengths: Tensor): Tensor {
  const place = iota(reached.shape as Shape, 1)
  const last = lengths.cast('int32').unsqueeze(1).multiply(2)
  const isEnd = place.equal(last).or(place.equal(last.subtract(1)))
  return logSumExp(where(isEnd, reached, -impossible), 1)
}

/** What stood `by` places to the left, along the last axis of a matrix. */
function shifted(x: Tensor, by: number, value: number): Tensor {
  return x.pad({ low: [0, by], high: [0, -by], value })
}

function checkShapes(logProbabilities: Tensor, targets: Tensor, { inputs, targets: labels }: CTCLengths): void {
  const fits =
    logProbabilities.rank === 3 &&
    targets.rank === 2 &&
    [targets, inputs, labels].every(({ shape }) => shape[0] === logProbabilities.shape[1]) &&
    inputs.rank === 1 &&
    labels.rank === 1
  if (fits) return
  throw new ShapeError(
    `ctcLoss: log probabilities ${showShape(logProbabilities.shape)}, targets ${showShape(targets.shape)}, lengths ` +
      `${showShape(inputs.shape)} and ${showShape(labels.shape)}; they must be [T, N, C], [N, S], [N] and [N].`,
  )
}
