// Whole trainings against PyTorch's: layers, losses, gradients and optimizers together.

import { gradients } from '@neurite/autograd'
import { cpuBackend } from '@neurite/backend-cpu'
import { compile, useBackend } from '@neurite/compiler'
import { Conv2d, Linear, loadStateDict, type Module, parameters, stateDict } from '@neurite/layers'
import { binaryCrossEntropyWithLogits, crossEntropy, meanSquaredError } from '@neurite/losses'
import { type Case, expectClose, type RecordedTensor, type Tolerance, testRecorded } from '@neurite/oracle'
import {
  elu,
  installEvaluator,
  leakyRelu,
  maxPool2d,
  referenceEvaluator,
  relu,
  sigmoid,
  softplus,
  split,
  type Tensor,
  tanh,
  tensor,
} from '@neurite/tensor'
import { describe, expect } from 'vitest'
import { isKnown, makeOptimizer } from './test/optimizer-makers.ts'

type Attributes = Case['attrs']
type LayerLine = readonly [name: string | null, op: string, attrs: Attributes]

interface TrainingFields {
  readonly model: { readonly type: string; readonly layers: readonly LayerLine[] }
  readonly params: Readonly<Record<string, RecordedTensor>>
  readonly x: RecordedTensor
  readonly y: RecordedTensor
  readonly loss: { readonly op: string; readonly attrs: Attributes }
  readonly optimizer: { readonly op: string; readonly attrs: Attributes }
  readonly steps: number
  readonly batches: number
  readonly clip_grad_norm_?: object
  readonly schedule?: object
  readonly expected: { readonly losses: readonly number[]; readonly params: Readonly<Record<string, RecordedTensor>> }
  readonly params_tolerance: Tolerance
}

const layers: Readonly<Record<string, (attrs: Attributes) => Module>> = {
  Linear: ({ in_features, out_features, ...options }) => new Linear(in_features, out_features, options),
  Conv2d: ({ in_channels, out_channels, kernel_size, ...options }) =>
    new Conv2d(in_channels, out_channels, kernel_size, options),
}

const functions: Readonly<Record<string, (x: Tensor, attrs: Attributes) => Tensor>> = {
  tanh,
  relu,
  sigmoid,
  elu: (x) => elu(x),
  softplus: (x) => softplus(x),
  leaky_relu: (x, { negative_slope = 0.01 }) => leakyRelu(x, negative_slope),
  max_pool2d: (x, { kernel_size }) => maxPool2d(x, { kernelSize: kernel_size }),
  flatten: (x, { start_dim }) => x.flatten(start_dim),
}

const losses: Readonly<Record<string, (output: Tensor, target: Tensor, attrs: Attributes) => Tensor>> = {
  binary_cross_entropy_with_logits: (output, target) => binaryCrossEntropyWithLogits(output, target),
  mse_loss: meanSquaredError,
  cross_entropy: (output, target, { label_smoothing = 0 }) =>
    crossEntropy(output, target, { labelSmoothing: label_smoothing }),
}

/** The recorded model: its named layers are fields, so that the parameters have PyTorch's names. */
class RecordedModel implements Module {
  readonly #lines: readonly LayerLine[]
  readonly [name: string]: unknown

  constructor(lines: readonly LayerLine[]) {
    this.#lines = lines
    for (const [name, op, attrs] of lines) if (name !== null) Object.assign(this, { [name]: layers[op]!(attrs) })
  }

  forward(input: Tensor): Tensor {
    return this.#lines.reduce(
      (x, [name, op, attrs]) => (name === null ? functions[op]!(x, attrs) : (this[name] as Module).forward(x)),
      input,
    )
  }
}

/** Whether all parts of the training exist here. */
function isPossible({ model, loss, optimizer, clip_grad_norm_, schedule }: Case<TrainingFields>): boolean {
  const exists = ([name, op]: LayerLine): boolean => op in (name === null ? functions : layers)
  return (
    model.type === 'sequential' &&
    model.layers.every(exists) &&
    loss.op in losses &&
    isKnown(optimizer.op) &&
    clip_grad_norm_ === undefined &&
    schedule === undefined
  )
}

type Step = (x: Tensor, y: Tensor) => Tensor

/** A way of running a step. */
type Way = (step: Step) => Step

const ways: Readonly<Record<string, Way>> = {
  'step by step, with the reference rules': (step) => {
    installEvaluator(referenceEvaluator)
    return step
  },
  'compiled, on the CPU backend': (step) => {
    useBackend(cpuBackend())
    return compile(step)
  },
}

/** Trains as the recorded training did; the loss of every step and the parameters at the end must be the recorded ones. */
async function follow(recorded: Case<TrainingFields>, way: Way): Promise<void> {
  const { loss: criterion, optimizer: rule, steps, batches, expected, tolerance, params_tolerance } = recorded
  const model = new RecordedModel(recorded.model.layers)
  const initial = Object.entries(recorded.params).map(([name, value]) => [name, tensor(value.data, value)] as const)
  loadStateDict(model, Object.fromEntries(initial))
  const optimizer = makeOptimizer(rule.op, parameters(model), rule.attrs)
  const step = way((x, y) => {
    const loss = losses[criterion.op]!(model.forward(x), y, criterion.attrs)
    optimizer.step(gradients(loss, parameters(model)))
    return loss
  })
  const [x, y] = [batchesOf(recorded.x, batches), batchesOf(recorded.y, batches)]
  for (let i = 0; i < steps; i++) {
    const [found, wanted] = [await step(x[i % batches]!, y[i % batches]!).item(), expected.losses[i]!]
    expect(Math.abs(found - wanted), `loss of step ${i}`).toBeLessThanOrEqual(tolerance.abs + tolerance.rel * wanted)
  }
  const trained = stateDict(model)
  for (const [name, value] of Object.entries(expected.params))
    await expectClose(trained[name]!, value, params_tolerance)
}

function batchesOf({ shape, dtype, data }: RecordedTensor, count: number): readonly Tensor[] {
  const whole: Tensor = tensor(data, { shape, dtype })
  return split(whole, shape[0]! / count, 0)
}

describe.each(Object.entries(ways))('%s', (_, way) => {
  testRecorded<TrainingFields>('training', isPossible, (recorded) => follow(recorded, way))
})
