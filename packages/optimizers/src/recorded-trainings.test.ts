// Whole trainings against PyTorch's: layers, losses, gradients and optimizers together.

import { gradients } from '@neurite/autograd'
import { Conv2d, Linear, loadStateDict, type Module, parameters, stateDict } from '@neurite/layers'
import { binaryCrossEntropyWithLogits, crossEntropy, meanSquaredError } from '@neurite/losses'
import { elu, leakyRelu, maxPool2d, relu, sigmoid, softplus, type Tensor, tanh } from '@neurite/tensor'
import { expect } from 'vitest'
import { isKnown, makeOptimizer } from './test/optimizer-makers.ts'
import { type Case, expectClose, type RecordedTensor, type Tolerance, testRecorded, toTensor } from './test/oracle.ts'

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

testRecorded<TrainingFields>('training', isPossible, async (recorded) => {
  const {
    model: description,
    params,
    loss: criterion,
    steps,
    batches,
    expected,
    tolerance,
    params_tolerance,
  } = recorded
  const model = new RecordedModel(description.layers)
  loadStateDict(model, Object.fromEntries(Object.entries(params).map(([name, value]) => [name, toTensor(value)])))
  const optimizer = makeOptimizer(recorded.optimizer.op, parameters(model), recorded.optimizer.attrs)
  const part = (whole: Tensor, step: number): Tensor => {
    const length = whole.shape[0] / batches
    return whole.narrow(0, (step % batches) * length, length)
  }
  const [x, y] = [toTensor(recorded.x), toTensor(recorded.y)]
  for (let step = 0; step < steps; step++) {
    const loss = losses[criterion.op]!(model.forward(part(x, step)), part(y, step), criterion.attrs)
    optimizer.step(gradients(loss, parameters(model)))
    const [found, wanted] = [await loss.item(), expected.losses[step]!]
    expect(Math.abs(found - wanted), `loss of step ${step}`).toBeLessThanOrEqual(tolerance.abs + tolerance.rel * wanted)
  }
  const trained = stateDict(model)
  for (const [name, value] of Object.entries(expected.params))
    await expectClose(trained[name]!, value, params_tolerance)
})
