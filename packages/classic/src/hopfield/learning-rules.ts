// Weights of a Hopfield net from its exemplars, in one shot. Rows of `exemplars` are the patterns x⁰ … xᴹ⁻¹.

import { compile } from '@neurite/compiler'
import { eye, outer, scan, type Tensor, tensor, zeros } from '@neurite/tensor'
import { matrix, type Rows, rowOf } from '../patterns/pattern.ts'

/** How weights follow from exemplars. */
export type HopfieldRule = 'hebb' | 'pseudo-inverse' | 'storkey'

type Weights = Tensor<[number, number], 'float64'>

/** The weights [N, N] of a rule: symmetric, zero diagonal. */
export const hopfieldWeights: Readonly<Record<HopfieldRule, (exemplars: Rows) => Weights>> = {
  hebb: (exemplars) => hebb(matrix(exemplars)),
  'pseudo-inverse': (exemplars) => hebb(orthonormalBasis(exemplars)),
  storkey: (exemplars) => storkey(matrix(exemplars)),
}

/** t_ij = Σ_s x_i^s x_j^s, t_ii = 0 (Hebb 1949; Lippmann 1987, box 1, step 1). Of an orthonormal basis of the patterns: the pseudo-inverse rule. */
const hebb = /* @__PURE__ */ compile(
  (exemplars: Weights): Weights => withoutDiagonal(exemplars.transpose().matmul(exemplars) as Tensor),
)

/**
 * t_ij += (x_i x_j − x_i h_ji − h_ij x_j) / N with h_ij = Σ_{k ≠ i, j} t_ik x_k, pattern after pattern (Storkey 1997,
 * "Increasing the capacity of a Hopfield network without sacrificing functionality").
 */
const storkey = /* @__PURE__ */ compile((exemplars: Weights): Weights => {
  const size = exemplars.shape[1]!
  const [weights] = scan(
    (weights: Tensor, x: Tensor) => {
      const own: Tensor = weights.matmul(x).unsqueeze(1)
      const local: Tensor = own.subtract(weights.multiply(x))
      const cross: Tensor = local.multiply(x)
      const change: Tensor = outer(x, x).subtract(cross).subtract(cross.transpose())
      return [withoutDiagonal(weights.add(change.divide(size))), x]
    },
    zeros([size, size], 'float64') as Tensor,
    exemplars as Tensor,
  )
  return weights
})

function withoutDiagonal(weights: Tensor): Tensor {
  const size = weights.shape[0]!
  return weights.multiply(eye(size, 'float64').multiply(-1).add(1))
}

// Of the length that every pattern has; what is left of a dependent pattern is rounding.
const negligible = 1e-9

/**
 * An orthonormal basis of what the patterns span, by Gram and Schmidt, twice for the sake of rounding. The projection X X⁺ onto it
 * is the pseudo-inverse rule (Personnaz, Guyon & Dreyfus 1985); dependent patterns add nothing to it.
 */
function orthonormalBasis(exemplars: Rows): Weights {
  const basis: Float64Array[] = []
  for (let row = 0; row < exemplars.count; row++) {
    const rest = rowOf(exemplars, row).slice()
    for (const direction of [...basis, ...basis]) {
      const along = dot(rest, direction)
      for (let i = 0; i < rest.length; i++) rest[i]! -= along * direction[i]!
    }
    const length = Math.sqrt(dot(rest, rest))
    if (length > negligible * Math.sqrt(rest.length)) basis.push(rest.map((value) => value / length))
  }
  const data = new Float64Array(basis.length * exemplars.size)
  basis.forEach((direction, row) => {
    data.set(direction, row * exemplars.size)
  })
  return tensor(data, { shape: [basis.length, exemplars.size] })
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
