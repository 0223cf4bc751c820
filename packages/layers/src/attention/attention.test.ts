import { key, normal, ones, type Tensor, tensor, tril, zeros } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import {
  evaluate,
  LearnedPositionalEncoding,
  MultiHeadAttention,
  parameters,
  SinusoidalPositionalEncoding,
  TransformerDecoder,
  TransformerDecoderLayer,
  TransformerEncoder,
  TransformerEncoderLayer,
} from '../index.ts'

const values = (x: Tensor): number[] => [...x.dataSync()]
const x: Tensor = normal([2, 5, 6], { key: key(1) })
const causal: Tensor = tril(ones([5, 5])).cast('bool')

function expectClose(found: Tensor, expected: Tensor): void {
  expect(found.shape).toEqual(expected.shape)
  const wanted = values(expected)
  values(found).forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i]!, 5)
  })
}

type Matrix = number[][]

describe('MultiHeadAttention', () => {
  const layer = new MultiHeadAttention(6, 2, { batchFirst: true, key: key(2) })

  test('is what plain loops give', () => {
    const { output, weights } = layer.forwardWithWeights(x, x, x)
    const state = Object.fromEntries([...parameters(layer)].map(([name, { value }]) => [name, value.toArraySync()]))
    const inputs = (x.toArraySync() as number[][][])[0]!
    const project = (rows: Matrix, weight: Matrix, bias: number[]): Matrix =>
      rows.map((row) =>
        weight.map((factors, o) => factors.reduce((sum, factor, i) => sum + factor * row[i]!, bias[o]!)),
      )
    const [q, k, v] = [0, 1, 2].map((part) =>
      project(
        inputs,
        (state.in_proj_weight as Matrix).slice(6 * part, 6 * part + 6),
        (state.in_proj_bias as number[]).slice(6 * part, 6 * part + 6),
      ),
    ) as [Matrix, Matrix, Matrix]
    const attention = [0, 1].map((head) =>
      q.map((query) => {
        const features = [0, 1, 2].map((i) => 3 * head + i)
        const scores = k.map((row) => features.reduce((sum, i) => sum + query[i]! * row[i]!, 0) / Math.sqrt(3))
        const total = scores.reduce((sum, score) => sum + Math.exp(score), 0)
        return scores.map((score) => Math.exp(score) / total)
      }),
    )
    const joined = q.map((_, l) =>
      [0, 1, 2, 3, 4, 5].map((i) =>
        v.reduce((sum, row, s) => sum + attention[Math.floor(i / 3)]![l]![s]! * row[i]!, 0),
      ),
    )
    const expected = project(joined, state['out_proj.weight'] as Matrix, state['out_proj.bias'] as number[])
    expectClose(output.select(0, 0) as Tensor, tensor(expected) as Tensor)
    const averaged = q.map((_, l) => k.map((_, s) => (attention[0]![l]![s]! + attention[1]![l]![s]!) / 2))
    expectClose(weights.select(0, 0) as Tensor, tensor(averaged) as Tensor)
  })

  test('forward is the output alone, of self-attention by default', () => {
    expectClose(layer.forward(x), layer.forwardWithWeights(x, x, x).output)
  })

  test('a causal mask and isCausal are the same, and the future does not matter', () => {
    const masked = layer.forward(x, x, x, { mask: causal })
    expectClose(layer.forward(x, x, x, { isCausal: true }), masked)
    const early: Tensor = x.narrow(1, 0, 3)
    expectClose(masked.narrow(1, 0, 3) as Tensor, layer.forward(early, early, early, { isCausal: true }))
  })

  test('keys that do not count are as if they were absent, whether by bools or by floats', () => {
    const keyMask: Tensor = tensor([1, 1, 0, 1, 0, 1, 1, 1, 1, 1]).reshape([2, 5]).cast('bool')
    const found = layer.forward(x, x, x, { keyMask })
    const short: Tensor = x.narrow(0, 0, 1).take(tensor([0, 1, 3], { dtype: 'int32' }), 1)
    const first: Tensor = x.narrow(0, 0, 1)
    expectClose(found.narrow(0, 0, 1) as Tensor, layer.forward(first, short))
    expectClose(found.narrow(0, 1, 1) as Tensor, layer.forward(x.narrow(0, 1, 1) as Tensor))
    const summand: Tensor = keyMask.choose(0, -Infinity)
    expectClose(layer.forward(x, x, x, { keyMask: summand, mask: zeros([5, 5]) }), found)
    expectClose(
      layer.forward(x, x, x, { keyMask, mask: causal }),
      layer.forward(x, x, x, { keyMask: summand, mask: causal }),
    )
  })

  test('batchFirst exchanges the axes only', () => {
    const lengthFirst = new MultiHeadAttention(6, 2, { key: key(2) })
    expectClose(lengthFirst.forward(x.transpose(0, 1) as Tensor).transpose(0, 1) as Tensor, layer.forward(x))
  })

  test('drops weights while training', () => {
    const dropping = new MultiHeadAttention(6, 2, { batchFirst: true, dropout: 0.5, key: key(2) })
    expect(values(dropping.forward(x))).not.toEqual(values(dropping.forward(x)))
    evaluate(dropping)
    expectClose(dropping.forward(x), layer.forward(x))
  })

  test('what does not fit is an error', () => {
    expect(() => new MultiHeadAttention(6, 4)).toThrow('features is 6, which cannot be split into 4 heads')
    expect(() => layer.forward(zeros([5, 6]))).toThrow('MultiHeadAttention: input [5, 6] must be [N, L, features]')
    expect(() => layer.forward(x, zeros([2, 5, 4]))).toThrow('has 4 features on its last axis; the layer takes 6')
  })
})

describe('transformer layers', () => {
  const options = { feedforwardFeatures: 8, dropout: 0, batchFirst: true, key: key(3) } as const

  test('stacks apply their layers in order, then the normalization', () => {
    const layers = [new TransformerEncoderLayer(6, 2, options), new TransformerEncoderLayer(6, 3, options)]
    const stack = new TransformerEncoder(layers)
    expectClose(
      stack.forward(x, { isCausal: true }),
      layers[1]!.forward(layers[0]!.forward(x, { isCausal: true }), { isCausal: true }),
    )
    expect([...parameters(stack).keys()][0]).toBe('layers.0.self_attn.in_proj_weight')
  })

  test('a decoder sees all of the memory but what is masked, and of itself what the mask allows', () => {
    const stack = new TransformerDecoder([
      new TransformerDecoderLayer(6, 2, { ...options, normFirst: true, activation: (y) => y.tanh() }),
    ])
    const memory: Tensor = normal([2, 4, 6], { key: key(5) })
    const keyMask: Tensor = tensor([1, 1, 0, 0, 1, 1, 0, 0]).reshape([2, 4]).cast('bool')
    const found = stack.forward(x, memory, { isCausal: true, memory: { keyMask } })
    expectClose(found, stack.forward(x, memory.narrow(1, 0, 2) as Tensor, { mask: causal }))
    expectClose(
      found.narrow(1, 0, 2) as Tensor,
      stack.forward(x.narrow(1, 0, 2) as Tensor, memory, { isCausal: true, memory: { keyMask } }),
    )
  })

  test('an unknown activation is an error', () => {
    expect(() => new TransformerEncoderLayer(6, 2, { activation: 'swish' as 'relu' })).toThrow("activation is 'swish'")
  })
})

describe('positional encodings', () => {
  test('are sines and cosines of Vaswani et al.', () => {
    const y: Tensor = new SinusoidalPositionalEncoding(6, { batchFirst: true }).forward(zeros([1, 5, 6]))
    const found = y.toArraySync() as number[][][]
    for (let position = 0; position < 5; position++)
      for (let i = 0; i < 6; i++) {
        const angle = position / 10000 ** ((2 * Math.floor(i / 2)) / 6)
        expect(found[0]![position]![i]).toBeCloseTo(i % 2 === 0 ? Math.sin(angle) : Math.cos(angle), 5)
      }
  })

  test('that are learned are added to every example', () => {
    const layer = new LearnedPositionalEncoding(7, 6, { key: key(4) })
    const y: Tensor = layer.forward(zeros([5, 2, 6]))
    expect(values(y.select(1, 1) as Tensor)).toEqual(values(layer.weight.value.narrow(0, 0, 5) as Tensor))
    expect([...parameters(layer).keys()]).toEqual(['weight'])
  })

  test('of sequences that are too long or have other features are errors', () => {
    expect(() => new LearnedPositionalEncoding(3, 6).forward(zeros([5, 2, 6]))).toThrow(
      'has 5 positions; the layer knows 3',
    )
    expect(() => new SinusoidalPositionalEncoding(6).forward(zeros([5, 2, 4]))).toThrow('must be [L, N, 6]')
    expect(() => new SinusoidalPositionalEncoding(5)).toThrow('so it must be even')
  })
})
