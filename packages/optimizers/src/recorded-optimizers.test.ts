// The optimizers of this package against PyTorch's, step by step.

import { expectClose, type RecordedTensor, testRecorded } from '@neurite/oracle'
import { type Tensor, tensor, Variable } from '@neurite/tensor'
import { isKnown, makeOptimizer } from './test/optimizer-makers.ts'

type Recorded = Readonly<Record<string, RecordedTensor>>

interface OptimizerFields {
  readonly params: Recorded
  readonly grads: readonly Recorded[]
  readonly expected: { readonly params: readonly Recorded[] }
}

const tensors = (recorded: Recorded): ReadonlyMap<string, Tensor> =>
  new Map(Object.entries(recorded).map(([name, value]) => [name, tensor(value.data, value)]))

testRecorded<OptimizerFields>(
  'optimizers',
  ({ op }) => isKnown(op),
  async ({ op, attrs, params, grads, expected, tolerance }) => {
    const parameters = new Map([...tensors(params)].map(([name, initial]) => [name, new Variable(initial)]))
    const optimizer = makeOptimizer(op, parameters, attrs)
    for (const [step, gradients] of grads.entries()) {
      optimizer.step(tensors(gradients))
      const wanted = Object.entries(expected.params[step]!)
      for (const [name, value] of wanted) await expectClose(parameters.get(name)!.value, value, tolerance)
    }
  },
)
