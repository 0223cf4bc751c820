// Optimizers, in the order to learn them.

export { Adadelta, type AdadeltaOptions } from './adadelta.ts'
export { Adagrad, type AdagradOptions } from './adagrad.ts'
export { Adam, type AdamOptions } from './adam.ts'
export type { Collection } from './collection.ts'
// What they are, and what one of your own is made of.
export { Optimizer, type OptimizerDefinition } from './optimizer.ts'
export type { DescentOptions } from './penalized-gradient.ts'
export { RMSprop, type RMSpropOptions } from './rmsprop.ts'
export { SGD, type SGDOptions } from './sgd.ts'
export type { Tensors, UpdateRule } from './update-rule.ts'
