// Metrics: figures over all examples of an epoch. In reading order:

export { accuracy } from './accuracy.ts'
export type { Average } from './class-averages.ts'
export { type ClassOptions, type ConfusionMatrix, confusionMatrix } from './confusion-matrix.ts'
// Classes.
export type { DecisionOptions } from './decisions.ts'
export { type FormatConfusionMatrixOptions, formatConfusionMatrix } from './format-confusion-matrix.ts'
// Numbers.
export { meanAbsoluteError, meanSquaredError, rootMeanSquaredError } from './mean-errors.ts'
// What one is, and what one of your own is made of.
export type { BatchStatistics, Collected, Direction, Figure, Metric } from './metric.ts'
export {
  type AveragedFigure,
  type ClassMetricOptions,
  type FScoreOptions,
  fScore,
  precision,
  recall,
} from './precision-recall.ts'
export { rSquared } from './r-squared.ts'
// Scores.
export { type RocAucOptions, rocAuc } from './roc-auc.ts'
export { type TopKAccuracyOptions, topKAccuracy } from './top-k-accuracy.ts'
