import type { Figure, Metric } from '../metrics/index.ts'

/** Metrics by the names that their figures shall have. */
export type Metrics<Output, Target> = Readonly<Record<string, Metric<Output, Target>>>

type FigureOf<M> = M extends { result(...args: never[]): infer Result } ? Result : never

/** The loss and the figures of the metrics `M`, by their names. */
export type Figures<M = Readonly<Record<string, Metric>>> = { readonly loss: number } & {
  readonly [Name in keyof M]: FigureOf<M[Name]>
}

/** Figures of metrics that are not known: what callbacks see. */
export type AnyFigures = { readonly loss: number } & Readonly<Record<string, Figure>>

/** What an epoch came to. */
export interface EpochRecord<F = AnyFigures> {
  /** From 1. */
  readonly epoch: number
  /** Steps of the optimizer so far, over all epochs. */
  readonly step: number
  /** Of the epoch's last step; where there are groups, that of the first. */
  readonly learningRate: number
  /** Over the epoch's examples, each as the model was when it came. */
  readonly training: F
  /** Over the validation data after the epoch, where there is some and this epoch was due. */
  readonly validation?: F
}
