import type { Tensor } from '@neurite/tensor'
import type { Direction } from '../metrics/index.ts'
import type { AnyFigures, EpochRecord } from '../trainer/figures.ts'

/** A training that is going on, as callbacks see it. */
export interface Run<F = AnyFigures> {
  /** What holds the parameters. */
  readonly parts: object
  /** The epoch that is going on or has just ended, from 1. */
  readonly epoch: number
  /** The epoch after which training ends. */
  readonly epochs: number
  /** Batches of this epoch so far. */
  readonly batch: number
  /** Batches in an epoch, where the data says it. */
  readonly batches: number | undefined
  /** Steps of the optimizer so far, over all epochs. */
  readonly step: number
  /** Whether there is validation data. */
  readonly hasValidation: boolean
  /** Of the next step. */
  readonly learningRate: number
  /** All epochs that have ended, those before a resumption too. */
  readonly history: readonly EpochRecord<F>[]
  /** The figures of this epoch so far. Reads from the device. */
  figures(): Promise<F>
  /** What is progress for a figure, where its metric says it. */
  directionOf(figure: string): Direction | undefined
  /** The values of the parameters, or of their averages where there are some, and of all else that a state dict holds. */
  weights(): Readonly<Record<string, Tensor>>
  /** The loss and the gradients of a batch as graph, without a step: to look into. In training mode, with the present parameters. */
  differentiate(batch: unknown): { readonly loss: Tensor<[]>; readonly gradients: Readonly<Record<string, Tensor>> }
  /** Ends training after this epoch. */
  stop(reason: string): void
}

/** What a callback remembers, so that a resumed run goes on as if never stopped. */
export interface CallbackState {
  /** Anything that JSON can hold, and numbers such as NaN and Infinity. */
  readonly values?: unknown
  readonly tensors?: Readonly<Record<string, Tensor>>
}

/** Hooks into a training, all optional. Promises are waited for; what throws ends the training. */
export interface Callback<F = AnyFigures> {
  /** Unique among the callbacks with a state. */
  readonly name?: string
  /** Before the first epoch; `run.history` tells whether the run was resumed. */
  onFitStart?(run: Run<F>): Promise<void> | void
  onEpochStart?(run: Run<F>): Promise<void> | void
  /** Before every batch; nothing is waited for. */
  beforeBatch?(run: Run<F>, batch: unknown): void
  /** After every step of the optimizer. `loss` is that of its last batch; whoever reads it waits for the device. */
  onStep?(run: Run<F>, loss: Tensor<[]>): Promise<void> | void
  onEpochEnd?(run: Run<F>, record: EpochRecord<F>): Promise<void> | void
  /** At the end, also if it is an error. */
  onFitEnd?(run: Run<F>): Promise<void> | void
  saveState?(): CallbackState
  loadState?(state: CallbackState): void
}
