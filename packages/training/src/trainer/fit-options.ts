import type { Callback } from '../callbacks/callback.ts'
import type { CheckpointStorage } from '../checkpoint/storage.ts'
import type { EpochRecord } from './figures.ts'
import type { TrainingData } from './training-data.ts'

export interface CheckpointOptions {
  readonly storage: CheckpointStorage
  /** Epochs between two checkpoints; the last epoch always ends with one. Default 1. */
  readonly everyEpochs?: number
  /** Steps of the optimizer between two further checkpoints within epochs. Default: none. */
  readonly everySteps?: number
  /** Whether a new trainer takes up the run that the storage holds, if it holds one. Default true; else that is overwritten. */
  readonly resume?: boolean
}

export interface FitOptions<Batch, F> {
  /** Trains until so many epochs are done, those of earlier calls and of a resumed run included. */
  readonly epochs: number
  /** Evaluated after epochs. */
  readonly validation?: TrainingData<Batch>
  /** Epochs between two evaluations; the last epoch always ends with one. Default 1. */
  readonly validateEvery?: number
  /** Called in their order. */
  readonly callbacks?: readonly Callback<F>[]
  readonly checkpoint?: CheckpointOptions
  /** Ends training between two steps, with its reason as the error; a checkpoint is written before, where there are some. */
  readonly signal?: AbortSignal
  /** Leaves every part of the model in the mode it has, so that frozen ones stay frozen. Default false: all of it is trained. */
  readonly keepModes?: boolean
}

/** How training went. */
export interface FitResult<F> {
  /** A record for every epoch, those of earlier calls and of a resumed run included. */
  readonly history: readonly EpochRecord<F>[]
  /** Why training ended before its last epoch. */
  readonly stopReason: string | undefined
}
