import { loadStateDict, parameters, stateDict } from '@neurite/layers'
import type { Tensor } from '@neurite/tensor'
import type { Named, RecordedTensor } from '../format/recorded.ts'
import type { TensorReader } from '../format/tensors.ts'
import { callLayer, layers, makeLayer, setMode } from '../vocabulary/layers.ts'
import { lookUp } from '../vocabulary/operation.ts'
import type { Comparison } from './comparison.ts'
import { compareOutputs, type FunctionCase, listOf, nameOutputs, readInputs } from './function-case.ts'
import { compareGradients, lossOf, targetsOf } from './gradients.ts'

/** A layer made with `attrs`, loaded with `params` and `buffers`, called with `inputs`. */
export interface ModuleCase extends FunctionCase {
  readonly mode: 'train' | 'eval'
  readonly params: Named<RecordedTensor>
  readonly buffers?: Named<RecordedTensor>
  readonly expected: FunctionCase['expected'] & { readonly buffers?: Named<RecordedTensor> }
}

/** Outputs, gradients of inputs and parameters, and the buffers after the call. */
export function compareModule(recorded: ModuleCase, reader: TensorReader): readonly Comparison[] {
  const { op, attrs, mode, expected, cotangents, tolerance } = recorded
  const definition = lookUp(layers, op)
  const layer = makeLayer(definition, attrs)
  setMode(layer, mode)
  loadStateDict(layer, readAll({ ...recorded.params, ...recorded.buffers }, reader))
  const inputs = readInputs(recorded.inputs, reader)
  const outputs = listOf(callLayer(definition, layer, inputs, attrs))
  const comparisons = [...compareOutputs(recorded, outputs), ...compareState('buffers', layer, recorded)]
  if (expected.grads === undefined || cotangents === undefined) return comparisons
  const variables = parameters(layer)
  const targets = targetsOf(expected.grads, (name) =>
    name.startsWith('params.') ? variables.get(name.slice('params.'.length)) : (inputs[name] as Tensor | undefined),
  )
  const loss = lossOf(nameOutputs(outputs, Object.keys(expected.outputs ?? {})), cotangents, reader)
  return [...comparisons, ...compareGradients(loss, targets, tolerance)]
}

/** Recorded tensors by name, read. */
export function readAll(recorded: Named<RecordedTensor>, reader: TensorReader): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(recorded).map(([name, each]) => [name, reader.tensor(each)]))
}

/** The values that variables of the module have now, beside those recorded. */
export function compareState(
  kind: 'buffers' | 'params',
  module: object,
  {
    expected,
    tolerance,
  }: Pick<ModuleCase, 'tolerance'> & {
    readonly expected: { readonly [K in 'buffers' | 'params']?: Named<RecordedTensor> }
  },
): readonly Comparison[] {
  const state = stateDict(module)
  return Object.entries(expected[kind] ?? {}).map(([name, wanted]) => {
    const actual = state[name]
    if (actual === undefined) throw new Error(`the module has no ${name}: ${Object.keys(state).join(', ')}`)
    return { what: `${kind}.${name}`, actual, expected: wanted, tolerance }
  })
}
