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
} from '@neurite/optimizers'
import type { Variable } from '@neurite/tensor'
import type { Attributes, Named } from '../format/recorded.ts'
import type { missing } from './operation.ts'

type Maker = (parameters: Collection<Variable>, attributes: Attributes) => Optimizer

export const optimizers: Named<Maker | typeof missing> = {
  Adadelta: (parameters, attributes) => new Adadelta(parameters, optionsOf(attributes)),
  Adagrad: (parameters, attributes) => new Adagrad(parameters, optionsOf(attributes)),
  Adam: (parameters, attributes) => new Adam(parameters, optionsOf(attributes)),
  AdamW: (parameters, attributes) => new AdamW(parameters, optionsOf(attributes)),
  Adamax: (parameters, attributes) => new Adamax(parameters, optionsOf(attributes)),
  NAdam: (parameters, attributes) => new NAdam(parameters, optionsOf(attributes)),
  RAdam: (parameters, attributes) => new RAdam(parameters, optionsOf(attributes)),
  RMSprop: (parameters, attributes) => new RMSprop(parameters, optionsOf(attributes)),
  Rprop: (parameters, attributes) => new Rprop(parameters, optionsOf(attributes)),
  SGD: (parameters, attributes) => new SGD(parameters, optionsOf(attributes)),
}

/** neurite's names of PyTorch's options; others are the same. */
const optionNames: Named<string> = {
  lr: 'learningRate',
  lr_decay: 'learningRateDecay',
  eps: 'epsilon',
  weight_decay: 'weightDecay',
  initial_accumulator_value: 'initialAccumulatorValue',
  momentum_decay: 'momentumDecay',
  step_sizes: 'stepSizes',
}

function optionsOf(attributes: Attributes): object {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [optionNames[name] ?? name, value]))
}
