// Optimizers, in the order to learn them.

// Averages of parameters.
export {
  ExponentialMovingAverage,
  type ExponentialMovingAverageOptions,
} from './averaging/exponential-moving-average.ts'
// What they are, and what one of your own is made of.
export type { Collection } from './collection.ts'
export { type ClipByNormOptions, type ClippedByNorm, clipByNorm, clipByValue } from './gradients/clipping.ts'
export { GradientAccumulator } from './gradients/gradient-accumulator.ts'
// Groups of parameters, and gradients before the step.
export { GroupedOptimizer } from './grouped-optimizer.ts'
export { type Evaluation, LBFGS, type LBFGSOptions } from './lbfgs/lbfgs.ts'
export { Optimizer, type OptimizerDefinition } from './optimizer.ts'
export { Adadelta, type AdadeltaOptions } from './rules/adadelta.ts'
export { Adafactor, type AdafactorOptions } from './rules/adafactor.ts'
export { Adagrad, type AdagradOptions } from './rules/adagrad.ts'
export { Adam, type AdamOptions, AdamW } from './rules/adam.ts'
export { Adamax, type AdamaxOptions } from './rules/adamax.ts'
export { LAMB, type LAMBOptions } from './rules/lamb.ts'
export { Lion, type LionOptions } from './rules/lion.ts'
export { Muon, type MuonOptions } from './rules/muon.ts'
export { NAdam, type NAdamOptions } from './rules/nadam.ts'
export type { DescentOptions } from './rules/penalized-gradient.ts'
export { RAdam, type RAdamOptions } from './rules/radam.ts'
export { RMSprop, type RMSpropOptions } from './rules/rmsprop.ts'
export { Rprop, type RpropOptions } from './rules/rprop.ts'
export { SGD, type SGDOptions } from './rules/sgd.ts'
export { chained, inSequence } from './schedules/composition.ts'
export {
  type CosineAnnealingOptions,
  type CosineWarmRestartsOptions,
  cosineAnnealing,
  cosineWarmRestarts,
} from './schedules/cosine.ts'
export { type CyclicOptions, cyclic } from './schedules/cyclic.ts'
export {
  exponentialDecay,
  type MultiStepDecayOptions,
  multiStepDecay,
  type PolynomialDecayOptions,
  polynomialDecay,
  type StepDecayOptions,
  stepDecay,
} from './schedules/decay.ts'
export { type OneCycleOptions, oneCycle } from './schedules/one-cycle.ts'
export { ReduceOnPlateau, type ReduceOnPlateauOptions } from './schedules/reduce-on-plateau.ts'
// Learning rates that change.
export { Schedule, type Scheduled } from './schedules/schedule.ts'
export type { ScheduleRule } from './schedules/schedule-rule.ts'
export {
  type ConstantFactorOptions,
  constantFactor,
  type LinearFactorOptions,
  linearFactor,
} from './schedules/warmup.ts'
export type { Tensors, UpdateRule } from './update-rule.ts'
