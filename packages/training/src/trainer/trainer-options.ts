import type { Module } from '@neurite/layers'
import type { Collection, ExponentialMovingAverage, Schedule } from '@neurite/optimizers'
import type { Tensor } from '@neurite/tensor'
import type { Metrics } from './figures.ts'

/** What a trainer asks of an optimizer: those of @neurite/optimizers and `GroupedOptimizer` have it. */
export interface TrainingOptimizer {
  readonly parameterNames: readonly string[]
  step(gradients: Collection<Tensor>): void
  stateDict(): Record<string, Tensor>
  loadStateDict(saved: Readonly<Record<string, Tensor>>): void
  readonly learningRate?: number
  readonly groups?: readonly { readonly learningRate: number }[]
}

/** Keeps single batches from throwing the parameters far away. */
export type GradientClipping =
  /** Scales all gradients alike where their Euclidean norm is larger. */
  | { readonly norm: number }
  /** Limits every element to ±value. */
  | { readonly value: number }

export interface TrainerOptions<Input, Output, Target, M, Batch> {
  /** A module, or a function of the input; then `parts` holds what is trained. */
  readonly model: Module<Input, Output> | ((input: Input) => Output)
  /** What the parameters are found in, where `model` is a function: a module, or a record of modules. Default: the model. */
  readonly parts?: object
  /** Mean over the examples of a batch, a scalar. */
  readonly loss: (output: NoInfer<Output>, target: Target) => Tensor<[]>
  /** Made for `parameters(model)` or a part of them: the others stay as they are. */
  readonly optimizer: TrainingOptimizer
  /** Figures beside the loss, by names of your choice. */
  readonly metrics?: M & Metrics<NoInfer<Output>, NoInfer<Target>>
  /**
   * Makes input and target of a batch, inside the compiled step: to normalize images, say, or to cut sequences. Default: a batch is
   * the list of both.
   */
  readonly prepare?: (batch: Batch) => readonly [NoInfer<Input>, NoInfer<Target>]
  readonly clip?: GradientClipping
  /** Batches whose gradients are averaged for one step, each with equal weight. Default 1. What is left at an epoch's end makes a step too. */
  readonly accumulate?: number
  /** Moves the learning rate. */
  readonly schedule?: Schedule
  /** What the schedule counts: steps of the optimizer (default) or epochs. */
  readonly scheduleBy?: 'step' | 'epoch'
  /** Averages of the parameters, moved after every step. Evaluations and predictions use them in place of the parameters. */
  readonly average?: ExponentialMovingAverage
}
