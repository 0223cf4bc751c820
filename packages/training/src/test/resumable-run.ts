// A training with everything that has a state, for tests that stop and resume it.

import { BatchNorm1d, Dropout, Linear, parameters, Sequential } from '@neurite/layers'
import { crossEntropy } from '@neurite/losses'
import { Adam, cosineAnnealing, ExponentialMovingAverage, ReduceOnPlateau, Schedule } from '@neurite/optimizers'
import { relu, seed, type Tensor } from '@neurite/tensor'
import {
  type Callback,
  type CheckpointStorage,
  EarlyStopping,
  type EpochRecord,
  MemoryStorage,
  metrics,
  ReduceRateOnPlateau,
  Trainer,
} from '../index.ts'
import { bitsOf, pointBatches } from './small-task.ts'

export interface ResumableRunOptions {
  readonly storage?: CheckpointStorage
  readonly everySteps?: number
  readonly accumulate?: number
  /** Stops it. */
  readonly signal?: AbortSignal
  readonly callback?: Callback
}

/** All that two runs can differ in. */
export interface RunOutcome {
  readonly history: readonly EpochRecord[]
  readonly bits: Readonly<Record<string, string>>
}

export const epochs = 5
/** Of 16 points, the last of 4. */
export const batchesInEpoch = 7

export async function resumableRun(options: ResumableRunOptions): Promise<RunOutcome> {
  const { storage = new MemoryStorage(), everySteps, accumulate = 1, signal, callback } = options
  seed(5)
  const model = new Sequential(new Linear(4, 8), new BatchNorm1d(8), relu, new Dropout(0.3), new Linear(8, 2))
  const optimizer = new Adam(parameters(model), { learningRate: 0.02 })
  const average = new ExponentialMovingAverage(parameters(model), { decay: 0.8 })
  const trainer = new Trainer({
    model,
    loss: crossEntropy,
    optimizer,
    average,
    accumulate,
    schedule: new Schedule(optimizer, cosineAnnealing({ steps: 3 })),
    scheduleBy: 'epoch',
    metrics: {
      accuracy: metrics.accuracy(),
      confusion: metrics.confusionMatrix({ classes: 2 }),
      area: metrics.rocAuc({ classes: 2 }),
    },
  })
  const { history } = await trainer.fit(pointBatches(16, { shuffle: true }), {
    epochs,
    validation: pointBatches(40),
    checkpoint: { storage, ...(everySteps !== undefined && { everySteps }) },
    callbacks: [
      new EarlyStopping({ patience: 1, monitor: 'validation.accuracy', leastProgress: 0.001 }),
      new ReduceRateOnPlateau(new ReduceOnPlateau(optimizer, { patience: 0, factor: 0.5, threshold: 0.05 })),
      ...(callback === undefined ? [] : [callback]),
    ],
    ...(signal && { signal }),
  })
  const state: Record<string, Tensor> = {}
  for (const [name, value] of parameters(model)) state[`model ${name}`] = value.value
  for (const [name, value] of Object.entries(optimizer.stateDict())) state[`optimizer ${name}`] = value
  for (const [name, value] of Object.entries(average.stateDict())) state[`average ${name}`] = value
  return { history, bits: await bitsOf(state) }
}
