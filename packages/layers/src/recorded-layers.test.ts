// The layers of this package against PyTorch's: outputs, gradients and buffers.

import { gradients } from '@neurite/autograd'
import { type Case, expectClose, type RecordedTensor, testRecorded } from '@neurite/oracle'
import { type Tensor, tensor } from '@neurite/tensor'
import { evaluate, loadStateDict, parameters, stateDict } from './index.ts'
import { layerMakers } from './test/recorded-layer.ts'

type Recorded = Readonly<Record<string, RecordedTensor>>

interface LayerFields {
  readonly mode: 'train' | 'eval'
  readonly inputs: Recorded
  readonly params: Recorded
  readonly buffers?: Recorded
  readonly cotangents?: Recorded
  readonly expected: { readonly outputs: Recorded; readonly grads?: Recorded; readonly buffers?: Recorded }
}

const tensors = (recorded: Recorded = {}): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(recorded).map(([name, value]) => [name, tensor(value.data, value)]))

async function expectAllClose(
  found: Readonly<Record<string, Tensor>>,
  expected: Recorded = {},
  tolerance: Case['tolerance'],
): Promise<void> {
  for (const [name, wanted] of Object.entries(expected)) await expectClose(found[name]!, wanted, tolerance)
}

async function check({ op, attrs, mode, tolerance, expected, ...recorded }: Case<LayerFields>): Promise<void> {
  const { layer, call } = layerMakers[op]!(attrs)
  loadStateDict(layer, { ...tensors(recorded.params), ...tensors(recorded.buffers) })
  if (mode === 'eval') evaluate(layer)
  const inputs = tensors(recorded.inputs)
  const outputs = call(inputs)
  await expectAllClose(outputs, expected.outputs, tolerance)
  await expectAllClose(stateDict(layer), expected.buffers, tolerance)
  if (expected.grads === undefined) return
  const cotangents = tensors(recorded.cotangents)
  const loss = Object.entries(cotangents)
    .map(([name, cotangent]) => outputs[name]!.multiply(cotangent).sum())
    .reduce((sum, term) => sum.add(term))
  const variables = [...parameters(layer)].map(([name, variable]) => [`params.${name}`, variable] as const)
  const floats = Object.entries(inputs).filter(([, { dtype }]) => dtype === 'float32')
  const found = gradients(loss, new Map<string, Tensor | (typeof variables)[number][1]>([...floats, ...variables]))
  await expectAllClose(Object.fromEntries(found), expected.grads, tolerance)
}

for (const group of ['layers', 'normalization', 'recurrent', 'attention'])
  testRecorded<LayerFields>(group, ({ op }) => op in layerMakers, check)
