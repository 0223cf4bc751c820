// One call of `fit`: the loop over epochs and batches, with all that happens between.

import { stateDict, train } from '@neurite/layers'
import type { Tensor } from '@neurite/tensor'
import type { Callback, Run } from '../callbacks/callback.ts'
import { decodeCheckpoint, encodeCheckpoint } from '../checkpoint/checkpoint-file.ts'
import type { Direction } from '../metrics/index.ts'
import { EventLoopTurns } from './event-loop.ts'
import type { AnyFigures, EpochRecord, Metrics } from './figures.ts'
import type { FitOptions, FitResult } from './fit-options.ts'
import type { Steps } from './steps.ts'
import { forEachBatch, lengthOf, stateOf, type TrainingData } from './training-data.ts'
import { loadTraining, type Progress, saveTraining, statefulCallbacks, type TrainingParts } from './training-state.ts'

/** What a trainer lends to a fit. */
export interface FitContext<Batch> extends TrainingParts {
  readonly steps: Steps<unknown, Batch>
  readonly metrics: Metrics<never, never>
  readonly accumulate: number
  readonly scheduleBy: 'step' | 'epoch'
  /** Of the trainer: goes on from call to call. */
  readonly progress: Progress
  evaluate(data: TrainingData<Batch>, signal: AbortSignal | undefined): Promise<AnyFigures>
}

export class Fit<Batch> implements Run {
  readonly #context: FitContext<Batch>
  readonly #data: TrainingData<Batch>
  readonly #options: FitOptions<Batch, AnyFigures>
  readonly #callbacks: readonly Callback[]
  readonly #stateful: ReadonlyMap<string, Callback>
  readonly #turns = new EventLoopTurns()
  readonly #stepCallbacks: readonly Callback[]
  readonly #batchCallbacks: readonly Callback[]
  #epoch: number
  /** Batches whose gradients wait for their step. */
  #waiting = 0
  #lastLoss: Tensor<[]> | undefined

  constructor(context: FitContext<Batch>, data: TrainingData<Batch>, options: FitOptions<Batch, AnyFigures>) {
    checkCounts(options)
    this.#context = context
    this.#data = data
    this.#options = options
    this.#callbacks = options.callbacks ?? []
    this.#stateful = statefulCallbacks(this.#callbacks)
    this.#stepCallbacks = this.#callbacks.filter(({ onStep }) => onStep !== undefined)
    this.#batchCallbacks = this.#callbacks.filter(({ beforeBatch }) => beforeBatch !== undefined)
    this.#epoch = context.progress.epoch
  }

  get parts(): object {
    return this.#context.parts
  }
  get epoch(): number {
    return this.#epoch
  }
  get epochs(): number {
    return this.#options.epochs
  }
  get batch(): number {
    return this.#context.progress.batch
  }
  get batches(): number | undefined {
    return lengthOf(this.#data)
  }
  get step(): number {
    return this.#context.progress.step
  }
  get history(): readonly EpochRecord[] {
    return this.#context.progress.history
  }
  get hasValidation(): boolean {
    return this.#options.validation !== undefined
  }
  get learningRate(): number {
    const { learningRate, groups } = this.#context.optimizer
    return learningRate ?? groups![0]!.learningRate
  }

  figures(): Promise<AnyFigures> {
    return this.#context.figures.read()
  }

  directionOf(figure: string): Direction | undefined {
    return figure === 'loss' ? 'lower' : this.#context.metrics[figure]?.better
  }

  weights(): Readonly<Record<string, Tensor>> {
    const { average, parts } = this.#context
    average?.swap()
    const weights = stateDict(parts)
    average?.swap()
    return weights
  }

  differentiate(batch: unknown): ReturnType<Run['differentiate']> {
    return this.#context.steps.differentiate(batch as Batch)
  }

  stop(reason: string): void {
    this.#context.progress.stopReason = reason
  }

  async run(): Promise<FitResult<AnyFigures>> {
    const { progress } = this.#context
    progress.stopReason = undefined
    await this.#resume()
    if (this.#options.keepModes !== true) train(this.#context.parts)
    let begun = 0
    try {
      for (const callback of this.#callbacks) {
        begun++
        await callback.onFitStart?.(this)
      }
      while (progress.epoch < this.epochs && progress.stopReason === undefined) await this.#trainEpoch()
    } finally {
      for (const callback of this.#callbacks.slice(0, begun)) await callback.onFitEnd?.(this)
    }
    return { history: [...progress.history], stopReason: progress.stopReason }
  }

  async #trainEpoch(): Promise<void> {
    const { progress, figures, steps } = this.#context
    this.#epoch = progress.epoch + 1
    if (progress.batch === 0) figures.reset()
    for (const callback of this.#callbacks) await callback.onEpochStart?.(this)
    const place = { epoch: progress.epoch, batch: progress.batch, state: progress.dataState }
    progress.dataState = undefined
    await forEachBatch(this.#data, place, (batch) => this.#trainBatch(batch))
    if (this.#waiting > 0) {
      steps.finish()
      await this.#afterStep()
    }
    await this.#endEpoch()
  }

  #trainBatch(batch: Batch): Promise<void> | undefined {
    const { progress, figures, steps, accumulate } = this.#context
    for (const callback of this.#batchCallbacks) callback.beforeBatch!(this, batch)
    const completes = ++this.#waiting === accumulate
    const { loss, rows } = steps.train(batch, completes)
    figures.keep(rows)
    progress.batch++
    this.#lastLoss = loss
    return completes ? this.#afterStep() : this.#turns.due()
  }

  #afterStep(): Promise<void> | undefined {
    const { progress, schedule, scheduleBy } = this.#context
    this.#waiting = 0
    progress.step++
    progress.learningRate = this.learningRate
    if (scheduleBy === 'step') schedule?.step()
    const { checkpoint, signal } = this.#options
    const isDue = checkpoint?.everySteps !== undefined && progress.step % checkpoint.everySteps === 0
    if (this.#stepCallbacks.length === 0 && !isDue && signal?.aborted !== true) return this.#turns.due()
    return this.#attend(isDue)
  }

  async #attend(isCheckpointDue: boolean): Promise<void> {
    const { signal } = this.#options
    for (const callback of this.#stepCallbacks) {
      const waiting = callback.onStep!(this, this.#lastLoss!)
      if (waiting !== undefined) await waiting
    }
    const turn = this.#turns.due()
    if (turn !== undefined) await turn
    if (isCheckpointDue || signal?.aborted === true) await this.#save()
    if (signal?.aborted !== true) return
    this.#context.progress.dataState = stateOf(this.#data)
    throw signal.reason
  }

  async #endEpoch(): Promise<void> {
    const { progress, figures, schedule, scheduleBy, evaluate } = this.#context
    const { validation, validateEvery = 1, checkpoint, signal } = this.#options
    const isLast = this.#epoch >= this.epochs
    const training = await figures.read()
    const isValidated = validation !== undefined && (isLast || this.#epoch % validateEvery === 0)
    const record: EpochRecord = {
      epoch: this.#epoch,
      step: progress.step,
      learningRate: progress.learningRate,
      training,
      ...(isValidated && { validation: await evaluate(validation, signal) }),
    }
    progress.history.push(record)
    progress.epoch++
    progress.batch = 0
    for (const callback of this.#callbacks) await callback.onEpochEnd?.(this, record)
    if (scheduleBy === 'epoch') schedule?.step()
    const ends = isLast || progress.stopReason !== undefined
    if (checkpoint !== undefined && (ends || this.#epoch % (checkpoint.everyEpochs ?? 1) === 0)) await this.#save()
  }

  async #save(): Promise<void> {
    const { checkpoint } = this.#options
    if (checkpoint === undefined) return
    const { progress } = this.#context
    const now = { ...progress, dataState: stateOf(this.#data), batches: this.batches }
    await checkpoint.storage.write(await encodeCheckpoint(await saveTraining(this.#context, now, this.#stateful)))
  }

  async #resume(): Promise<void> {
    const { checkpoint } = this.#options
    const { progress } = this.#context
    const isNew = progress.step === 0 && progress.batch === 0
    if (checkpoint === undefined || checkpoint.resume === false || !isNew) return
    const bytes = await checkpoint.storage.read()
    if (bytes === undefined) return
    const saved = loadTraining(decodeCheckpoint(bytes), this.#context, this.#stateful)
    Object.assign(progress, saved)
    this.#epoch = progress.epoch
  }
}

/** @throws RangeError if a number is not positive. */
function checkCounts(options: Pick<FitOptions<unknown, unknown>, 'epochs' | 'validateEvery' | 'checkpoint'>): void {
  const { epochs, validateEvery = 1, checkpoint } = options
  const { everyEpochs = 1, everySteps = 1 } = checkpoint ?? {}
  for (const [name, count] of Object.entries({ epochs, validateEvery, everyEpochs, everySteps }))
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`Trainer: ${name} is ${count}; it must be a positive integer.`)
}
