import { diagonal, einsum, outer, type Tensor, tril, triu } from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly a: Tensor
  readonly b: Tensor
  readonly batch1: Tensor
  readonly batch2: Tensor
  readonly bias?: Tensor
  readonly input: Tensor
  readonly input1: Tensor
  readonly input2: Tensor
  readonly mat1: Tensor
  readonly mat2: Tensor
  readonly operands: readonly Tensor[]
  readonly other: Tensor
  readonly tensor: Tensor
  readonly vec: Tensor
  readonly vec2: Tensor
  readonly w1: Tensor
  readonly w2: Tensor
  readonly weight: Tensor
}

interface Attributes {
  readonly alpha?: number
  readonly beta?: number
  readonly diagonal?: number
  readonly dims: number | readonly [readonly number[], readonly number[]]
  readonly equation: string
  readonly offset?: number
}

export const products: Operations<'products', Inputs, Attributes> = {
  addmm: ({ input, mat1, mat2 }, { alpha = 1, beta = 1 }) =>
    input.multiply(beta).add(mat1.matmul(mat2).multiply(alpha)),
  baddbmm: ({ input, batch1, batch2 }, { alpha = 1, beta = 1 }) =>
    input.multiply(beta).add(batch1.matmul(batch2).multiply(alpha)),
  bilinear: ({ input1, input2, weight, bias }) => {
    const products = einsum('...i,oij,...j->...o', input1, weight, input2)
    return bias === undefined ? products : products.add(bias)
  },
  bmm: ({ input, mat2 }) => input.matmul(mat2),
  diagonal: ({ input }, { offset = 0 }) => diagonal(input, { offset, axes: [0, 1] }),
  dot: ({ input, tensor }) => input.dot(tensor),
  einsum: ({ operands }, { equation }) => einsum(equation, ...operands),
  linear: ({ input, weight, bias }) => {
    const product = input.matmul(weight.transpose())
    return bias === undefined ? product : product.add(bias)
  },
  matmul: ({ input, other }) => input.matmul(other),
  mv: ({ input, vec }) => input.matmul(vec),
  outer: ({ input, vec2 }) => outer(input, vec2),
  /** Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)² */
  rosenbrock: ({ input }) => {
    const [head, tail] = [input.slice({ starts: [0], stops: [-1] }), input.slice({ starts: [1] })]
    const valley = tail.subtract(head.square()).square().multiply(100)
    return valley.add(head.negate().add(1).square()).sum()
  },
  tensordot: ({ a, b }, { dims }) => a.contract(b, { over: pairs(a, dims) }),
  tril: ({ input }, { diagonal = 0 }) => tril(input, { diagonal }),
  triu: ({ input }, { diagonal = 0 }) => triu(input, { diagonal }),
  two_layer_tanh: ({ input, w1, w2 }) => input.matmul(w1).tanh().matmul(w2),
}

/** A number stands for the last axes of the first and the first of the second operand. */
function pairs({ rank }: Tensor, dims: Attributes['dims']): (readonly [number, number])[] {
  if (typeof dims === 'number') return Array.from({ length: dims }, (_, i) => [rank - dims + i, i] as const)
  return dims[0].map((axis, i) => [axis, dims[1][i]!] as const)
}
