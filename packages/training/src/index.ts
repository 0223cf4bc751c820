// @neurite/training: training loops and what belongs to them. In reading order:

// --- the loop ---

export type { AnyFigures, EpochRecord, Figures, Metrics } from './trainer/figures.ts'
export type { CheckpointOptions, FitOptions, FitResult } from './trainer/fit-options.ts'
export { Trainer } from './trainer/trainer.ts'
export type { GradientClipping, TrainerOptions, TrainingOptimizer } from './trainer/trainer-options.ts'
export type { EpochedData, ResumableData, TrainingData, Walk } from './trainer/training-data.ts'

// --- figures of merit: `metrics.accuracy()` ---

export * as metrics from './metrics/index.ts'

// --- what happens beside the steps ---

export { BestCheckpoint } from './callbacks/best-checkpoint.ts'
export type { Callback, CallbackState, Run } from './callbacks/callback.ts'
export { EarlyStopping, type EarlyStoppingOptions } from './callbacks/early-stopping.ts'
export type { Monitored, MonitorOptions } from './callbacks/monitor.ts'
export { ReduceRateOnPlateau } from './callbacks/reduce-rate-on-plateau.ts'
export { NotFiniteError, TerminateOnNaN, type TerminateOnNaNOptions } from './callbacks/terminate-on-nan.ts'

// --- checkpoints ---

export { type CheckpointStorage, MemoryStorage } from './checkpoint/storage.ts'

// --- cross-validation ---

export { type CrossValidation, crossValidate, type NumbersOf } from './cross-validation/cross-validate.ts'
export { type Fold, type KFoldOptions, kFold } from './cross-validation/k-fold.ts'
