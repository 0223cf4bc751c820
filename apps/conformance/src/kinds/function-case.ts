import type { Tensor } from '@neurite/tensor'
import type { Named, OperationCase, RecordedInput, RecordedTensor } from '../format/recorded.ts'
import type { TensorReader } from '../format/tensors.ts'
import { operations } from '../vocabulary/index.ts'
import { lookUp, type Outputs } from '../vocabulary/operation.ts'
import type { Comparison } from './comparison.ts'
import { compareGradients, lossOf, targetsOf } from './gradients.ts'

/** `op(**inputs, **attrs)`. */
export interface FunctionCase extends OperationCase {
  readonly inputs: Named<RecordedInput>
  readonly cotangents?: Named<RecordedTensor>
  readonly expected: {
    readonly outputs?: Named<RecordedTensor>
    readonly grads?: Named<RecordedTensor | readonly RecordedTensor[]>
  }
}

export type Inputs = Named<Tensor | readonly Tensor[] | number>

/** Outputs, and the gradients of Σ output · cotangent. */
export function compareFunction(recorded: FunctionCase, reader: TensorReader): readonly Comparison[] {
  const inputs = readInputs(recorded.inputs, reader)
  const outputs = applyOperation(recorded, inputs)
  const { expected, cotangents, tolerance } = recorded
  const comparisons = compareOutputs(recorded, outputs)
  if (expected.grads === undefined || cotangents === undefined) return comparisons
  const named = nameOutputs(outputs, Object.keys(expected.outputs ?? cotangents))
  const targets = targetsOf(expected.grads, (name) => inputs[name] as Tensor | readonly Tensor[] | undefined)
  return [...comparisons, ...compareGradients(lossOf(named, cotangents, reader), targets, tolerance)]
}

export function readInputs(inputs: Named<RecordedInput>, reader: TensorReader): Inputs {
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, reader.input(input)]))
}

/** @throws UnknownWordError, MissingWordError, or what neurite throws. */
export function applyOperation({ op, attrs }: OperationCase, inputs: Inputs): readonly Tensor[] {
  return listOf(lookUp(operations, op)(inputs, attrs))
}

export function listOf(outputs: Outputs): readonly Tensor[] {
  return Array.isArray(outputs) ? outputs : [outputs as Tensor]
}

/** The recorded outputs beside those computed, which come in the same order. */
export function compareOutputs(
  { expected, tolerance }: Pick<FunctionCase, 'expected' | 'tolerance'>,
  outputs: readonly Tensor[],
): readonly Comparison[] {
  const recorded = Object.entries(expected.outputs ?? {})
  if (recorded.length !== outputs.length)
    throw new Error(`${outputs.length} outputs instead of ${recorded.length}: ${recorded.map(([name]) => name)}`)
  return recorded.map(([name, wanted], i) => ({
    what: `outputs.${name}`,
    actual: outputs[i]!,
    expected: wanted,
    tolerance,
  }))
}

export function nameOutputs(outputs: readonly Tensor[], names: readonly string[]): ReadonlyMap<string, Tensor> {
  return new Map(names.flatMap((name, i) => (outputs[i] === undefined ? [] : [[name, outputs[i]] as const])))
}
