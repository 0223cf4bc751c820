import { type Dataset, type InMemoryDataset, subset } from '@neurite/data'
import type { Tensor } from '@neurite/tensor'
import { type KFoldOptions, kFold } from './k-fold.ts'

/** What came out of the folds. */
export interface CrossValidation<F extends Readonly<Record<string, unknown>>> {
  /** In the order of the folds. */
  readonly folds: readonly F[]
  /** Over the folds, of every figure that is one number. */
  readonly mean: NumbersOf<F>
  /** Standard deviation over the folds, with n − 1. */
  readonly deviation: NumbersOf<F>
}

/** The figures that are single numbers. */
export type NumbersOf<F> = { readonly [Name in keyof F as F[Name] extends number ? Name : never]: number }

/**
 * Trains and validates once for every fold. Each time `train` makes a new model and trains it, and gives its figures, such as
 * `trainer.evaluate(…)` does.
 *
 *     await crossValidate(dataset, { folds: 10, seed: 1 }, async (training, validation) => { …; return trainer.evaluate(…) })
 *
 * @throws RangeError as `kFold` does; whatever `train` throws.
 */
export async function crossValidate<Fields extends readonly Tensor[], F extends Readonly<Record<string, unknown>>>(
  dataset: InMemoryDataset<Fields>,
  options: KFoldOptions,
  train: (training: InMemoryDataset<Fields>, validation: InMemoryDataset<Fields>, fold: number) => Promise<F> | F,
): Promise<CrossValidation<F>>
export async function crossValidate<Fields extends readonly Tensor[], F extends Readonly<Record<string, unknown>>>(
  dataset: Dataset<Fields>,
  options: KFoldOptions,
  train: (training: Dataset<Fields>, validation: Dataset<Fields>, fold: number) => Promise<F> | F,
): Promise<CrossValidation<F>>
export async function crossValidate<Fields extends readonly Tensor[], F extends Readonly<Record<string, unknown>>>(
  dataset: Dataset<Fields>,
  options: KFoldOptions,
  train: (training: InMemoryDataset<Fields>, validation: InMemoryDataset<Fields>, fold: number) => Promise<F> | F,
): Promise<CrossValidation<F>> {
  const folds: F[] = []
  for (const [fold, { training, validation }] of kFold(dataset.length, options).entries()) {
    const parts = [training, validation].map((positions) => subset(dataset, positions) as InMemoryDataset<Fields>)
    folds.push(await train(parts[0]!, parts[1]!, fold))
  }
  return { folds, mean: summarize(folds, meanOf), deviation: summarize(folds, deviationOf) }
}

function summarize<F extends Readonly<Record<string, unknown>>>(
  folds: readonly F[],
  summary: (values: readonly number[]) => number,
): NumbersOf<F> {
  const names = Object.keys(folds[0]!).filter((name) => folds.every((figures) => typeof figures[name] === 'number'))
  return Object.fromEntries(
    names.map((name) => [name, summary(folds.map((figures) => figures[name] as number))]),
  ) as NumbersOf<F>
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
