import { ones, type Tensor, tensor, Variable, zeros } from '@neurite/tensor'

/** Momentum of running statistics: the weight of the newest batch, or 'cumulative' for the plain mean over all batches. */
export type StatisticsMomentum = number | 'cumulative'

/** Mean and variance of each channel, [C]. */
export interface ChannelStatistics {
  readonly mean: Tensor
  readonly variance: Tensor
}

/** @throws RangeError unless the momentum is 'cumulative' or lies in [0, 1]. */
export function checkMomentum(layer: string, momentum: StatisticsMomentum): void {
  if (momentum === 'cumulative' || (momentum >= 0 && momentum <= 1)) return
  throw new RangeError(`${layer}: momentum is ${momentum}; it must lie between 0 and 1, or be 'cumulative'.`)
}

/** What evaluation mode normalizes with: three buffers, whose names are PyTorch's. */
export interface RunningStatistics {
  readonly runningMean: Variable<[number], 'float32'>
  readonly runningVar: Variable<[number], 'float32'>
  /** How many batches have been seen. */
  readonly numBatchesTracked: Variable<[], 'int32'>
}

/** Those of a standard normal distribution, before the first batch. */
export function freshStatistics(channels: number): RunningStatistics {
  return {
    runningMean: new Variable(zeros([channels])),
    runningVar: new Variable(ones([channels])),
    numBatchesTracked: new Variable(tensor(0, { dtype: 'int32' })),
  }
}

/** Moves the running statistics towards those of a batch; the variance given is the unbiased one. */
export function follow(
  running: Pick<RunningStatistics, 'runningMean' | 'runningVar'>,
  batch: ChannelStatistics,
  weight: number | Tensor,
): void {
  for (const [variable, found] of [
    [running.runningMean, batch.mean],
    [running.runningVar, batch.variance],
  ] as const) {
    const before: Tensor = variable.value
    variable.assign(before.add(found.stopGradient().subtract(before).multiply(weight)).cast('float32'))
  }
}
