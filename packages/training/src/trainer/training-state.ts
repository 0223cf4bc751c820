// All that a run consists of beside its code and data, so that it can be put away and taken up again.

import { loadStateDict, stateDict } from '@neurite/layers'
import type { ExponentialMovingAverage, Schedule } from '@neurite/optimizers'
import { defaultKey, type Tensor } from '@neurite/tensor'
import type { Callback, CallbackState } from '../callbacks/callback.ts'
import type { CheckpointContent } from '../checkpoint/checkpoint-file.ts'
import type { EpochRecord } from './figures.ts'
import type { RunningFigures } from './running-figures.ts'
import type { TrainingOptimizer } from './trainer-options.ts'

/** How far training is. */
export interface Progress {
  /** Epochs that have ended. */
  epoch: number
  /** Batches of the next epoch that are done. */
  batch: number
  /** Steps of the optimizer. */
  step: number
  /** Of the last step. */
  learningRate: number
  history: EpochRecord[]
  /** Why training ended before its last epoch. */
  stopReason: string | undefined
  /** Of resumable data, at the next batch; undefined where the data stands there by itself. */
  dataState: unknown
}

/** What a trainer is made of, as far as it changes. */
export interface TrainingParts {
  readonly parts: object
  readonly optimizer: TrainingOptimizer
  readonly schedule: Schedule | undefined
  readonly average: ExponentialMovingAverage | undefined
  readonly figures: RunningFigures
}

/** @throws RangeError if two callbacks with a state have one name, or one has none. */
export function statefulCallbacks(callbacks: readonly Callback[]): ReadonlyMap<string, Callback> {
  const named = new Map<string, Callback>()
  for (const callback of callbacks) {
    if (callback.saveState === undefined) continue
    const { name } = callback
    if (name === undefined || named.has(name))
      throw new RangeError(
        `Trainer: ${name === undefined ? 'a callback with a state has no name' : `two callbacks are named "${name}"`}. ` +
          'Their states are saved under their names: give each its own.',
      )
    named.set(name, callback)
  }
  return named
}

export async function saveTraining(
  { parts, optimizer, schedule, average, figures }: TrainingParts,
  progress: Progress,
  callbacks: ReadonlyMap<string, Callback>,
): Promise<CheckpointContent> {
  const states = [...callbacks].map(([name, callback]) => [name, callback.saveState!()] as const)
  const tensors: Record<string, Readonly<Record<string, Tensor>>> = {
    model: stateDict(parts),
    optimizer: optimizer.stateDict(),
    ...(schedule && { schedule: schedule.stateDict() }),
    ...(average && { average: average.stateDict() }),
    random: { key: defaultKey.value },
    ...(progress.batch > 0 && { figures: await figures.stateDict() }),
    ...Object.fromEntries(states.map(([name, state]) => [`callback ${name}`, state.tensors ?? {}])),
  }
  const values: SavedValues = {
    progress: { ...progress },
    callbacks: Object.fromEntries(states.map(([name, { values }]) => [name, { values }])),
  }
  return { tensors, values }
}

interface SavedValues {
  readonly progress: Progress
  readonly callbacks: Readonly<Record<string, { readonly values?: unknown }>>
}

/** @throws Error naming what the checkpoint lacks or does not fit. */
export function loadTraining(
  { tensors, values }: CheckpointContent,
  { parts, optimizer, schedule, average, figures }: TrainingParts,
  callbacks: ReadonlyMap<string, Callback>,
): Progress {
  const saved = values as SavedValues
  checkCallbacks(Object.keys(saved.callbacks), [...callbacks.keys()])
  const needed = { model: true, optimizer: true, schedule: schedule !== undefined, average: average !== undefined }
  for (const [part, isNeeded] of Object.entries(needed))
    if (isNeeded !== part in tensors)
      throw new Error(`Trainer: the checkpoint was made with${isNeeded ? 'out' : ''} ${part}; this training is not.`)
  loadStateDict(parts, tensors.model!)
  schedule?.loadStateDict(tensors.schedule!)
  // After the schedule, which sets rates: those that callbacks have reduced are the optimizer's.
  optimizer.loadStateDict(tensors.optimizer!)
  average?.loadStateDict(tensors.average!)
  defaultKey.assign(tensors.random!.key as Tensor<[2], 'int32'>)
  figures.loadStateDict(tensors.figures ?? {})
  for (const [name, callback] of callbacks) {
    const state: CallbackState = { ...saved.callbacks[name], tensors: tensors[`callback ${name}`] ?? {} }
    callback.loadState?.(state)
  }
  return { ...saved.progress, stopReason: saved.progress.stopReason, dataState: saved.progress.dataState }
}

function checkCallbacks(saved: readonly string[], present: readonly string[]): void {
  const missing = saved.filter((name) => !present.includes(name))
  const added = present.filter((name) => !saved.includes(name))
  if (missing.length > 0 || added.length > 0)
    throw new Error(
      `Trainer: the checkpoint was made with other callbacks: without ${added.join(', ') || 'nothing new'}, ` +
        `with ${missing.join(', ') || 'nothing else'}. Resume with those of the first run, or start anew with { resume: false }.`,
    )
}
