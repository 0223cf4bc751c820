// Derivatives beyond the first gradient: of second order, forwards, repeated, and as full matrices.

import { gradients, hessian, hessianVectorProduct, jacobian, jvp } from '@neurite/autograd'
import type { Tensor } from '@neurite/tensor'
import type { Named, RecordedTensor } from '../format/recorded.ts'
import type { TensorReader } from '../format/tensors.ts'
import type { Comparison } from './comparison.ts'
import { applyOperation, compareOutputs, type FunctionCase, readInputs } from './function-case.ts'

export interface SecondOrderCase extends FunctionCase {
  readonly cotangents: Named<RecordedTensor>
  readonly vectors: Named<RecordedTensor>
  readonly expected: FunctionCase['expected'] & {
    readonly hvp: Named<RecordedTensor>
    readonly penalty_grads: Named<RecordedTensor>
  }
}

/** The gradients, the gradient of Σ gradient · vector, and that of Σ gradient². */
export function compareSecondOrder(recorded: SecondOrderCase, reader: TensorReader): readonly Comparison[] {
  const { expected, tolerance } = recorded
  const { of, outputs } = applied(recorded, reader)
  const [cotangent] = Object.values(recorded.cotangents)
  // Of a sort or a maximum with indices the values alone have a gradient.
  const loss = outputs[0]!.multiply(reader.tensor(cotangent!)).sum()
  const first = gradients(loss, of)
  const products = hessianVectorProduct(() => loss, of, directionsOf(recorded, reader))
  const penalty = Object.values(first)
    .map((gradient) => gradient.square().sum())
    .reduce((sum, each) => sum.add(each))
  const penalties = gradients(penalty, of)
  const beside = (kind: 'grads' | 'hvp' | 'penalty_grads', found: Named<Tensor>): readonly Comparison[] =>
    Object.entries(expected[kind] ?? {}).flatMap(([name, wanted]) =>
      found[name] === undefined
        ? []
        : [{ what: `${kind}.${name}`, actual: found[name], expected: wanted as RecordedTensor, tolerance }],
    )
  return [...beside('grads', first), ...beside('hvp', products), ...beside('penalty_grads', penalties)]
}

export interface JvpCase extends FunctionCase {
  readonly vectors: Named<RecordedTensor>
  readonly expected: FunctionCase['expected'] & { readonly jvp: { readonly y: RecordedTensor } }
}

export function compareJvp(recorded: JvpCase, reader: TensorReader): readonly Comparison[] {
  const { expected, tolerance } = recorded
  const { of, outputs } = applied(recorded, reader)
  const { tangent } = jvp(() => outputs[0]!, of, directionsOf(recorded, reader))
  return [
    ...compareOutputs(recorded, outputs.slice(0, 1)),
    { what: 'jvp.y', actual: tangent, expected: expected.jvp.y, tolerance },
  ]
}

export interface NthCase extends FunctionCase {
  readonly order: number
  readonly expected: FunctionCase['expected'] & { readonly derivative: RecordedTensor }
}

/** Derivatives of derivatives, each of the sum of the one before. */
export function compareNth(recorded: NthCase, reader: TensorReader): readonly Comparison[] {
  const inputs = readInputs(recorded.inputs, reader)
  const x = inputs.input as Tensor
  let derivative = applyOperation(recorded, inputs)[0]!
  for (let i = 0; i < recorded.order; i++) derivative = gradients(derivative.sum(), x)
  const { expected, tolerance } = recorded
  return [{ what: 'derivative', actual: derivative, expected: expected.derivative, tolerance }]
}

export interface MatrixCase extends FunctionCase {
  readonly expected: FunctionCase['expected'] & {
    readonly hessian?: RecordedTensor
    readonly jacobian?: RecordedTensor
  }
}

export function compareJacobian(recorded: MatrixCase, reader: TensorReader): readonly Comparison[] {
  const { of, f } = functionOfInput(recorded, reader)
  const actual = jacobian(f, of)
  return [{ what: 'jacobian', actual, expected: recorded.expected.jacobian!, tolerance: recorded.tolerance }]
}

export function compareHessian(recorded: MatrixCase, reader: TensorReader): readonly Comparison[] {
  const { of, f } = functionOfInput(recorded, reader)
  const actual = hessian((x) => f(x).sum(), of)
  return [{ what: 'hessian', actual, expected: recorded.expected.hessian!, tolerance: recorded.tolerance }]
}

function functionOfInput(recorded: MatrixCase, reader: TensorReader): { of: Tensor; f: (input: Tensor) => Tensor } {
  const inputs = readInputs(recorded.inputs, reader)
  return { of: inputs.input as Tensor, f: (input) => applyOperation(recorded, { ...inputs, input })[0]! }
}

function directionsOf({ vectors }: { readonly vectors: Named<RecordedTensor> }, reader: TensorReader): Named<Tensor> {
  return Object.fromEntries(Object.entries(vectors).map(([name, vector]) => [name, reader.tensor(vector)]))
}

/** Outputs, and the inputs along which the case has vectors. */
function applied(
  recorded: FunctionCase & { readonly vectors: Named<RecordedTensor> },
  reader: TensorReader,
): { of: Named<Tensor>; outputs: readonly Tensor[] } {
  const inputs = readInputs(recorded.inputs, reader)
  const of = Object.fromEntries(Object.keys(recorded.vectors).map((name) => [name, inputs[name] as Tensor]))
  return { of, outputs: applyOperation(recorded, inputs) }
}
