import { evaluate as evaluationMode, rememberModes } from '@neurite/layers'
import type { Tensor } from '@neurite/tensor'
import { EventLoopTurns } from './event-loop.ts'
import type { AnyFigures, EpochRecord, Figures, Metrics } from './figures.ts'
import { Fit, type FitContext } from './fit.ts'
import type { FitOptions, FitResult } from './fit-options.ts'
import { RunningFigures } from './running-figures.ts'
import { makeSteps, partsOf, type Steps } from './steps.ts'
import type { TrainerOptions } from './trainer-options.ts'
import { forEachOnce, type TrainingData, walkOnce } from './training-data.ts'
import type { Progress } from './training-state.ts'

/**
 * Trains a model, and says how good it is.
 *
 *     const trainer = new Trainer({ model, loss: crossEntropy, optimizer, metrics: { accuracy: metrics.accuracy() } })
 *     await trainer.fit(trainBatches, { epochs: 10, validation: testBatches })
 *     const { loss, accuracy } = await trainer.evaluate(testBatches)
 *
 * Every step – forward, backward, update, the metrics' sums – is one compiled program for each shape of batch. Figures are read from
 * the device once an epoch, unless callbacks ask for them.
 */
export class Trainer<Input, Output, Target = Tensor, M = unknown, Batch = readonly [Input, Target]> {
  readonly #parts: object
  readonly #metrics: Metrics<never, never>
  readonly #evaluation: RunningFigures
  readonly #steps: Steps<Output, Batch>
  readonly #progress: Progress
  readonly #context: FitContext<Batch>
  /** What is going on: fits and evaluations share sums. */
  #running: string | undefined

  /**
   * @throws TypeError if the model is a function and there are no `parts`, Error if the optimizer moves other parameters than the
   * model's, RangeError if `accumulate` is no positive integer or a metric is called "loss".
   */
  constructor(options: TrainerOptions<Input, Output, Target, M, Batch>) {
    const { optimizer, schedule, scheduleBy = 'step', average, accumulate = 1 } = options
    if (!Number.isInteger(accumulate) || accumulate < 1)
      throw new RangeError(`Trainer: accumulate is ${accumulate}; it must be a positive integer.`)
    this.#parts = partsOf(options)
    this.#metrics = options.metrics ?? {}
    const figures = new RunningFigures(this.#metrics)
    this.#evaluation = new RunningFigures(this.#metrics)
    this.#steps = makeSteps(options, { training: figures, evaluation: this.#evaluation })
    this.#progress = {
      ...{ epoch: 0, batch: 0, step: 0, learningRate: Number.NaN, history: [] },
      ...{ stopReason: undefined, dataState: undefined },
    }
    this.#context = {
      ...{ parts: this.#parts, optimizer, schedule, scheduleBy, average, accumulate, figures },
      ...{ steps: this.#steps, metrics: this.#metrics, progress: this.#progress },
      evaluate: (data, signal) => this.#measure(data, signal),
    }
  }

  /** A record for every epoch so far. */
  get history(): readonly EpochRecord<Figures<M>>[] {
    return this.#progress.history as unknown as readonly EpochRecord<Figures<M>>[]
  }

  /** Epochs that have ended. */
  get epoch(): number {
    return this.#progress.epoch
  }

  /** Steps of the optimizer. */
  get step(): number {
    return this.#progress.step
  }

  /**
   * Trains until `epochs` epochs are done. A second call goes on where the first one ended.
   * @throws whatever callbacks, the data, the checkpoint's storage or `signal` throw.
   */
  fit(data: TrainingData<Batch>, options: FitOptions<Batch, Figures<M>>): Promise<FitResult<Figures<M>>> {
    return this.#alone('fit', () =>
      new Fit(this.#context, data, options as unknown as FitOptions<Batch, AnyFigures>).run(),
    ) as Promise<unknown> as Promise<FitResult<Figures<M>>>
  }

  /** The loss and the metrics over all examples of the data, in evaluation mode. */
  evaluate(data: TrainingData<Batch>): Promise<Figures<M>> {
    return this.#alone('evaluate', () => this.#measure(data)) as Promise<unknown> as Promise<Figures<M>>
  }

  /**
   * The model's outputs, batch by batch, in evaluation mode. Batches are those of training, or lack the target, or are inputs alone.
   *
   *     for await (const scores of trainer.predict(batches)) …
   */
  async *predict(
    data: TrainingData<Batch | (Batch extends readonly [infer First, ...unknown[]] ? First | readonly [First] : never)>,
  ): AsyncGenerator<Output, void, undefined> {
    for await (const batch of walkOnce(data)) yield this.#inEvaluation(() => this.#steps.predict(batch as Batch))
  }

  async #measure(data: TrainingData<Batch>, signal?: AbortSignal): Promise<AnyFigures> {
    const turns = new EventLoopTurns()
    this.#evaluation.reset()
    await forEachOnce(data, (batch) => {
      signal?.throwIfAborted()
      this.#evaluation.keep(this.#inEvaluation(() => this.#steps.evaluate(batch)).rows)
      return turns.due()
    })
    return this.#evaluation.read()
  }

  #inEvaluation<Result>(work: () => Result): Result {
    const restore = rememberModes(this.#parts)
    evaluationMode(this.#parts)
    try {
      return work()
    } finally {
      restore()
    }
  }

  async #alone<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#running !== undefined)
      throw new Error(`Trainer: ${name} was called while ${this.#running} is going on. Wait for that first.`)
    this.#running = name
    try {
      return await work()
    } finally {
      this.#running = undefined
    }
  }
}
