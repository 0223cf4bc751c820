// Optimizers from PyTorch's names of them and of their options.

import type { Variable } from '@neurite/tensor'
import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  type Collection,
  NAdam,
  type Optimizer,
  RAdam,
  RMSprop,
  Rprop,
  SGD,
} from '../index.ts'

const optionNames: Readonly<Record<string, string>> = {
  lr: 'learningRate',
  lr_decay: 'learningRateDecay',
  eps: 'epsilon',
  weight_decay: 'weightDecay',
  momentum_decay: 'momentumDecay',
  step_sizes: 'stepSizes',
  initial_accumulator_value: 'initialAccumulatorValue',
}

type Maker = (parameters: Collection<Variable>, options: object) => Optimizer

const makers: Readonly<Record<string, Maker>> = {
  SGD: (parameters, options) => new SGD(parameters, options),
  Adagrad: (parameters, options) => new Adagrad(parameters, options),
  Adadelta: (parameters, options) => new Adadelta(parameters, options),
  RMSprop: (parameters, options) => new RMSprop(parameters, options),
  Adam: (parameters, options) => new Adam(parameters, options),
  AdamW: (parameters, options) => new AdamW(parameters, options),
  Adamax: (parameters, options) => new Adamax(parameters, options),
  NAdam: (parameters, options) => new NAdam(parameters, options),
  RAdam: (parameters, options) => new RAdam(parameters, options),
  Rprop: (parameters, options) => new Rprop(parameters, options),
}

/** Whether there is such an optimizer. */
export function isKnown(op: string): boolean {
  return op in makers
}

export function makeOptimizer(
  op: string,
  parameters: Collection<Variable>,
  attributes: Readonly<Record<string, unknown>>,
): Optimizer {
  const options = Object.entries(attributes).map(([name, value]) => [optionNames[name] ?? name, value] as const)
  return makers[op]!(parameters, Object.fromEntries(options))
}
