// Gradients of first and higher order against those that PyTorch recorded.

import type { Tensor } from '@neurite/tensor'
import { describe, expect, it } from 'vitest'
import { gradients, hessian, hessianVectorProduct, jacobian, jvp } from './index.ts'
import { isUnsupported, operations } from './test/operations.ts'
import {
  casesOf,
  expectRecorded,
  type OracleCase,
  oracleIsPresent,
  type Recorded,
  type RecordedInput,
  type RecordedTensor,
  toTensor,
} from './test/oracle.ts'

const groups = [
  'activations',
  'elementwise',
  'edge_values',
  'views',
  'reductions',
  'matmul',
  'convolution',
  'pooling',
  'indexing',
  'second_order',
]

interface Applied {
  readonly inputs: ReadonlyMap<string, Tensor | readonly Tensor[] | number>
  readonly outputs: readonly Tensor[]
}

function apply({ op, attrs, inputs }: OracleCase, known?: Applied['inputs']): Applied {
  const named = known ?? new Map(Object.entries(inputs).map(([name, input]) => [name, toInput(input)] as const))
  const result = operations[op]!([...named.values()] as Tensor[], attrs)
  return { inputs: named, outputs: Array.isArray(result) ? result : [result] }
}

function toInput(input: RecordedInput): Tensor | readonly Tensor[] | number {
  if (typeof input === 'number') return input
  return Array.isArray(input) ? input.map(toTensor) : toTensor(input as RecordedTensor)
}

/** Σ output · cotangent; outputs without one do not count. */
function lossOf({ cotangents = {} }: OracleCase, outputs: readonly Tensor[]): Tensor {
  const terms = Object.values(cotangents).map((cotangent, i) => outputs[i]!.multiply(toTensor(cotangent)).sum())
  return terms.reduce((sum, term) => sum.add(term))
}

function tensorsOf(inputs: Applied['inputs'], names: Recorded<unknown>): Record<string, Tensor> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, inputs.get(name) as Tensor]))
}

const checks: Readonly<Record<string, (recorded: OracleCase) => void>> = {
  function(recorded) {
    const { inputs, outputs } = apply(recorded)
    const loss = lossOf(recorded, outputs)
    for (const [name, expected] of Object.entries(recorded.expected.grads!)) {
      const of = inputs.get(name) as Tensor | readonly Tensor[]
      const found = Array.isArray(of) ? gradients(loss, of as Tensor[]) : [gradients(loss, of as Tensor)]
      const wanted = Array.isArray(expected) ? expected : [expected as RecordedTensor]
      expect(found.length).toBe(wanted.length)
      for (const [i, gradient] of found.entries()) expectRecorded(gradient, wanted[i]!, recorded.tolerance)
    }
  },

  second_order(recorded) {
    checks.function!(recorded)
    const { vectors, expected, tolerance } = recorded
    const { inputs, outputs } = apply(recorded)
    const of = tensorsOf(inputs, vectors!)
    const first = gradients(lossOf(recorded, outputs), of)
    const sumOver = (term: (gradient: Tensor, name: string) => Tensor): Tensor =>
      Object.entries(first)
        .map(([name, gradient]) => term(gradient, name).sum())
        .reduce((sum, each) => sum.add(each))
    const along = Object.fromEntries(Object.keys(of).map((name) => [name, toTensor(vectors![name]!)]))
    const products = hessianVectorProduct(() => lossOf(recorded, outputs), of, along)
    const penalties = gradients(
      sumOver((gradient) => gradient.square()),
      of,
    )
    for (const name of Object.keys(of)) {
      expectRecorded(products[name]!, expected.hvp![name]!, tolerance)
      expectRecorded(penalties[name]!, expected.penalty_grads![name]!, tolerance)
    }
  },

  jvp(recorded) {
    const { inputs } = apply(recorded)
    const of = tensorsOf(inputs, recorded.vectors!)
    const along = Object.fromEntries(Object.keys(of).map((name) => [name, toTensor(recorded.vectors![name]!)]))
    const moved = jvp(() => [...apply(recorded, inputs).outputs.slice(0, 1)], of, along).tangent
    expectRecorded(moved[0]!, recorded.expected.jvp!.y!, recorded.tolerance)
  },

  nth({ op, attrs, inputs, order, expected, tolerance }) {
    const x = toTensor(inputs.input as RecordedTensor)
    let derivative = operations[op]!([x], attrs) as Tensor
    for (let i = 0; i < order!; i++) derivative = gradients(derivative.sum(), x)
    expectRecorded(derivative, expected.derivative!, tolerance)
  },

  hessian(recorded) {
    const { f, x } = ofInput(recorded)
    expectRecorded(hessian(f, x), recorded.expected.hessian!, recorded.tolerance)
  },

  jacobian(recorded) {
    const { f, x } = ofInput(recorded)
    for (const mode of ['forward', 'reverse'] as const)
      expectRecorded(jacobian(f, x, { mode }), recorded.expected.jacobian!, recorded.tolerance)
  },
}

/** The first output as a function of the input called `input`. */
function ofInput(recorded: OracleCase): { f: (x: Tensor) => Tensor; x: Tensor } {
  const { inputs } = apply(recorded)
  return {
    f: (x) => apply(recorded, new Map(inputs).set('input', x)).outputs[0]!,
    x: inputs.get('input') as Tensor,
  }
}

describe.skipIf(!oracleIsPresent)("PyTorch's recorded gradients (absent: ../shared/oracle)", () => {
  const cases = oracleIsPresent ? groups.flatMap(casesOf) : []
  const chosen = cases.filter(
    ({ kind, op, attrs, expected }) =>
      !isUnsupported(op, attrs) && kind in checks && (kind !== 'function' || expected.grads !== undefined),
  )

  it('are of every kind', () => {
    expect(new Set(chosen.map(({ kind }) => kind))).toEqual(new Set(Object.keys(checks)))
  })

  for (const recorded of chosen) {
    it(recorded.name, () => checks[recorded.kind]!(recorded))
  }
})
