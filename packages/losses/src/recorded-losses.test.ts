// The losses of this package against PyTorch's, values and gradients.

import { gradients } from '@neurite/autograd'
import { type Case, expectClose, type RecordedTensor, testRecorded } from '@neurite/oracle'
import { type Tensor, tensor } from '@neurite/tensor'
import { binaryCrossEntropy, binaryCrossEntropyWithLogits, crossEntropy, meanSquaredError } from './index.ts'

interface LossFields {
  readonly inputs: { readonly input: RecordedTensor; readonly target: RecordedTensor } & Readonly<
    Record<string, RecordedTensor>
  >
  readonly cotangents?: { readonly y: RecordedTensor }
  readonly expected: {
    readonly outputs: { readonly y: RecordedTensor }
    readonly grads?: Readonly<Record<string, RecordedTensor>>
  }
}

type Inputs = Readonly<Record<'input' | 'target', Tensor>> & Readonly<Partial<Record<'weight' | 'pos_weight', Tensor>>>

const losses: Readonly<Record<string, (inputs: Inputs, attrs: Case['attrs']) => Tensor>> = {
  mse_loss: ({ input, target }, attrs) => meanSquaredError(input, target, attrs),
  binary_cross_entropy: ({ input, target, weight }, attrs) =>
    binaryCrossEntropy(input, target, { ...attrs, ...(weight && { weight }) }),
  binary_cross_entropy_with_logits: ({ input, target, weight, pos_weight: positiveWeight }, attrs) =>
    binaryCrossEntropyWithLogits(input, target, {
      ...attrs,
      ...(weight && { weight }),
      ...(positiveWeight && { positiveWeight }),
    }),
  cross_entropy: ({ input, target, weight }, { label_smoothing = 0, ...attrs }) =>
    crossEntropy(input, target, { ...attrs, ...(weight && { weight }), labelSmoothing: label_smoothing }),
}

async function check({ op, attrs, inputs, cotangents, expected, tolerance }: Case<LossFields>): Promise<void> {
  const tensors = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, tensor(input.data, input)]))
  const y = losses[op]!(tensors as Inputs, attrs)
  await expectClose(y, expected.outputs.y, tolerance)
  if (cotangents === undefined || expected.grads === undefined) return
  const names = Object.keys(expected.grads)
  const found = gradients(
    y.multiply(tensor(cotangents.y.data, cotangents.y)).sum(),
    names.map((name) => tensors[name]!),
  )
  for (const [i, name] of names.entries()) await expectClose(found[i]!, expected.grads[name]!, tolerance)
}

testRecorded<LossFields>('losses', ({ op }) => op in losses, check)
testRecorded<LossFields>('edge_values', ({ op }) => op in losses, check)
