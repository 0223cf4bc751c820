import { describe, expect, it } from 'vitest'
import { zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'
import { celu, elu, selu } from './elu.ts'
import { gelu } from './gelu.ts'
import { hardLimiter, hardSigmoid, hardSwish, hardTanh } from './hard-activations.ts'
import { maxout } from './maxout.ts'
import { leakyRelu, relu, relu6 } from './relu.ts'
import { mish, sigmoid, silu, tanh } from './sigmoid.ts'
import { logSoftmax, logSumExp, softmax, softmin } from './softmax.ts'
import { logSigmoid, softplus } from './softplus.ts'

const values = [-30, -3, -1, -0.1, 0, 0.2, 1, 4, 30]
const x: Tensor = tensor(values)

describe('activations', () => {
  const sigma = (v: number): number => 1 / (1 + Math.exp(-v))
  const softplusOf = (v: number): number => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)))
  const tanhGelu = (v: number): number => 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3)))
  const formulas: Readonly<Record<string, [Tensor, (v: number) => number]>> = {
    relu: [relu(x), (v) => Math.max(v, 0)],
    relu6: [relu6(x), (v) => Math.min(Math.max(v, 0), 6)],
    leakyRelu: [leakyRelu(x), (v) => Math.max(0.1 * v, v)],
    'leakyRelu of a steeper slope': [leakyRelu(x, 0.3), (v) => Math.max(0.3 * v, v)],
    elu: [elu(x), (v) => (v > 0 ? v : Math.expm1(v))],
    celu: [celu(x, 2), (v) => (v > 0 ? v : 2 * Math.expm1(v / 2))],
    selu: [selu(x), (v) => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * Math.expm1(v))],
    sigmoid: [sigmoid(x), sigma],
    tanh: [tanh(x), Math.tanh],
    silu: [silu(x), (v) => v * sigma(v)],
    mish: [mish(x), (v) => v * Math.tanh(softplusOf(v))],
    softplus: [softplus(x), softplusOf],
    'softplus with beta': [softplus(x, { beta: 2 }), (v) => softplusOf(2 * v) / 2],
    logSigmoid: [logSigmoid(x), (v) => -softplusOf(-v)],
    'gelu by tanh': [gelu(x, { approximate: 'tanh' }), tanhGelu],
    hardTanh: [hardTanh(x), (v) => Math.min(Math.max(v, -1), 1)],
    hardSigmoid: [hardSigmoid(x), (v) => Math.min(Math.max(v / 6 + 0.5, 0), 1)],
    hardSwish: [hardSwish(x), (v) => v * Math.min(Math.max(v / 6 + 0.5, 0), 1)],
    hardLimiter: [hardLimiter(x), (v) => (v >= 0 ? 1 : 0)],
    'hardLimiter, symmetric': [hardLimiter(x, { symmetric: true }), (v) => (v >= 0 ? 1 : -1)],
  }

  it.each(Object.entries(formulas))('%s follows its formula', (_, [result, formula]) => {
    expectTensor(result, [values.length], values.map(formula))
  })

  it('gelu is x times the normal distribution function', () => {
    // Φ at 1 and 2 from tables of the normal distribution.
    expectTensor(gelu(tensor([1, -1, 2])), [3], [0.8413447461, -0.1586552539, 2 * 0.977249868], 1e-6)
  })

  it('stay finite for any finite number', () => {
    const extreme = tensor([-1e30, -200, 200, 1e30])
    for (const activation of [softplus, logSigmoid, elu, celu, selu, silu, mish, gelu, hardSwish])
      for (const value of activation(extreme).dataSync()) expect(Number.isFinite(value)).toBe(true)
  })

  it('keep the shape', () => {
    expect(elu(zeros([2, 3])).shape).toEqual([2, 3])
  })
})

describe('maxout', () => {
  it('is the largest of neighbours', () => {
    expectTensor(
      maxout(
        tensor([
          [1, 5, 2, 2],
          [0, -1, 7, 8],
        ]),
        { pieces: 2, axis: 1 },
      ),
      [2, 2],
      [5, 2, 0, 8],
    )
    expectTensor(maxout(tensor([1, 5, 2, 2]), { pieces: 4, axis: -1 }), [1], [5])
  })

  it('needs whole groups', () => {
    const flat: Tensor = zeros([2, 4])
    expect(() => maxout(flat, { pieces: 3, axis: 1 })).toThrow(
      'maxout: 3 pieces do not divide axis 1 of [2, 4], which has 4 elements.',
    )
  })
})

describe('softmax functions', () => {
  it('are the methods', () => {
    const y: Tensor = tensor([
      [1, 2],
      [3, 5],
    ])
    expectTensor(softmax(y, 1), [2, 2], [...y.softmax(1).dataSync()])
    expectTensor(logSoftmax(y, 0), [2, 2], [...y.logSoftmax(0).dataSync()])
    expectTensor(logSumExp(y, 0), [2], [...y.logSumExp(0).dataSync()])
    expectTensor(softmin(y, 1), [2, 2], [...y.negate().softmax(1).dataSync()])
  })
})
