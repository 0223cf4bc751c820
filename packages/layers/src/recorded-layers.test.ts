// The layers of this package against PyTorch's.

import { gradients } from '@neurite/autograd'
import { type Case, expectClose, type RecordedTensor, testRecorded } from '@neurite/oracle'
import { type Tensor, tensor } from '@neurite/tensor'
import { Conv2d, Flatten, Linear, loadStateDict, type Module, parameters } from './index.ts'

type Tensors = Readonly<Record<string, RecordedTensor>>

interface LayerFields {
  readonly inputs: { readonly input: RecordedTensor }
  readonly params: Tensors
  readonly cotangents: { readonly y: RecordedTensor }
  readonly expected: { readonly outputs: { readonly y: RecordedTensor }; readonly grads: Tensors }
}

type Attributes = Case['attrs']

const makers: Readonly<Record<string, (attrs: Attributes) => Module>> = {
  Linear: ({ in_features, out_features, bias }) => new Linear(in_features, out_features, { bias }),
  Flatten: ({ start_dim, end_dim }) => new Flatten(start_dim, end_dim),
  Conv2d: ({ in_channels, out_channels, kernel_size, ...options }) =>
    new Conv2d(in_channels, out_channels, kernel_size, options),
}

testRecorded<LayerFields>(
  'layers',
  ({ op, attrs }) => op in makers && !('padding_mode' in attrs),
  async ({ op, attrs, inputs, params, cotangents, expected, tolerance }) => {
    const layer = makers[op]!(attrs)
    const input = tensor(inputs.input.data, inputs.input)
    loadStateDict(
      layer,
      Object.fromEntries(Object.entries(params).map(([name, value]) => [name, tensor(value.data, value)])),
    )
    const y = layer.forward(input)
    await expectClose(y, expected.outputs.y, tolerance)
    const variables = parameters(layer)
    const loss = y.multiply(tensor(cotangents.y.data, cotangents.y)).sum()
    const [inputGradient, ...rest]: readonly Tensor[] = gradients(loss, [input, ...variables.values()])
    const found = new Map([
      ['input', inputGradient!],
      ...[...variables.keys()].map((name, i) => [`params.${name}`, rest[i]!] as const),
    ])
    for (const [name, gradient] of Object.entries(expected.grads))
      await expectClose(found.get(name)!, gradient, tolerance)
  },
)
