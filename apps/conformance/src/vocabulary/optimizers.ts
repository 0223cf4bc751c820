import { Adadelta, Adagrad, Adam, type Collection, type Optimizer, RMSprop, SGD } from '@neurite/optimizers'
import type { Variable } from '@neurite/tensor'
import type { Attributes, Named } from '../format/recorded.ts'
import { MissingWordError, missing } from './operation.ts'

type Maker = (parameters: Collection<Variable>, attributes: Attributes) => Optimizer

export const optimizers: Named<Maker | typeof missing> = {
  Adadelta: (parameters, attributes) => new Adadelta(parameters, optionsOf(attributes)),
  Adagrad: (parameters, attributes) => new Adagrad(parameters, optionsOf(attributes)),
  Adam: (parameters, attributes) => new Adam(parameters, optionsOf(attributes)),
  AdamW: missing,
  Adamax: missing,
  NAdam: missing,
  RAdam: missing,
  RMSprop: (parameters, attributes) => new RMSprop(parameters, optionsOf(attributes)),
  Rprop: missing,
  SGD: (parameters, attributes) => {
    if (attributes.maximize) throw new MissingWordError('maximize of SGD')
    return new SGD(parameters, optionsOf(attributes))
  },
}

/** neurite's names of PyTorch's options; others are the same. */
const optionNames: Named<string> = {
  lr: 'learningRate',
  lr_decay: 'learningRateDecay',
  eps: 'epsilon',
  weight_decay: 'weightDecay',
  initial_accumulator_value: 'initialAccumulatorValue',
}

function optionsOf(attributes: Attributes): object {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [optionNames[name] ?? name, value]))
}
