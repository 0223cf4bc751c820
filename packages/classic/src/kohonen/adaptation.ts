// The steps of a Kohonen map as compiled programs. Weights are [M, N], nodes row by row of a grid with `columns` columns.

import { compile } from '@neurite/compiler'
import { iota, scan, type Tensor } from '@neurite/tensor'

/** Which nodes adapt beside the best one: all in a square, or less with distance. */
export type Neighbourhood = 'square' | 'gaussian'

type Shown = { readonly samples: Tensor; readonly gains: Tensor; readonly radii: Tensor }

/** w_j += η(t) h_jc(t) (x(t) − w_j), sample after sample (Lippmann 1987, box 6, steps 3 to 5). */
export const adaptInOrder: (weights: Tensor, shown: Shown, columns: number, neighbourhood: Neighbourhood) => Tensor =
  /* @__PURE__ */ compile((initial: Tensor, shown: Shown, columns: number, neighbourhood: Neighbourhood) => {
    const nodes = iota([initial.shape[0]!], 0) as Tensor
    const [weights] = scan(
      (weights: Tensor, { samples, gains, radii }: Shown) => {
        const towards: Tensor = samples.subtract(weights)
        const best = towards.square().sum(1).argMin() as Tensor
        const share = influence(gridOffsets(nodes, best, columns), radii, neighbourhood)
        const step: Tensor = share.multiply(gains).unsqueeze(1)
        return [weights.add(step.multiply(towards)) as Tensor, gains]
      },
      initial,
      shown,
    )
    return weights
  })

/** w_j = Σ_n h_jc(n) x_n / Σ_n h_jc(n); nodes of no weight stay. */
export const adaptBatch: (
  weights: Tensor,
  samples: Tensor,
  radius: Tensor,
  columns: number,
  neighbourhood: Neighbourhood,
) => Tensor = /* @__PURE__ */ compile(
  (weights: Tensor, samples: Tensor, radius: Tensor, columns: number, neighbourhood: Neighbourhood) => {
    const best: Tensor = squaredDistances(weights, samples).argMin(1).unsqueeze(1)
    const nodes = iota([1, weights.shape[0]!], 1) as Tensor
    const shares = influence(gridOffsets(nodes, best, columns), radius, neighbourhood)
    const totals: Tensor = shares.sum(0).unsqueeze(1)
    const means: Tensor = shares.transpose().matmul(samples).divide(totals.maximum(smallestTotal))
    return totals.greater(smallestTotal).choose(means, weights) as Tensor
  },
)

/** For each sample [P] its nearest node, the distance to it, and the second nearest node (of a map with one node: the same). */
export const nearestTwo: (weights: Tensor, samples: Tensor) => { first: Tensor; second: Tensor; distances: Tensor } =
  /* @__PURE__ */ compile((weights: Tensor, samples: Tensor) => {
    const squares = squaredDistances(weights, samples)
    const first = squares.argMin(1) as Tensor
    const isFirst: Tensor = first.unsqueeze(1).equal(iota([1, weights.shape[0]!], 1))
    const second = isFirst.choose(Number.POSITIVE_INFINITY, squares).argMin(1) as Tensor
    return { first, second, distances: squares.min(1).sqrt() as Tensor }
  })

// A share so small is rounding.
const smallestTotal = 1e-12

/** [P, M]. */
function squaredDistances(weights: Tensor, samples: Tensor): Tensor {
  const differences: Tensor = samples.unsqueeze(1).subtract(weights)
  return differences.square().sum(2) as Tensor
}

interface GridOffsets {
  readonly down: Tensor
  readonly across: Tensor
}

function gridOffsets(nodes: Tensor, best: Tensor, columns: number): GridOffsets {
  const down: Tensor = nodes.floorDivide(columns).subtract(best.floorDivide(columns))
  const across: Tensor = nodes.remainder(columns).subtract(best.remainder(columns))
  return { down: down.cast('float64') as Tensor, across: across.cast('float64') as Tensor }
}

function influence({ down, across }: GridOffsets, radius: Tensor, neighbourhood: Neighbourhood): Tensor {
  if (neighbourhood === 'square')
    return down.absolute().maximum(across.absolute()).lessEqual(radius.add(0.5).floor()).cast('float64') as Tensor
  const squares: Tensor = down.square().add(across.square())
  // A radius of 0 leaves the best node alone.
  return squares.divide(radius.square().multiply(-2).minimum(-1e-12)).exp() as Tensor
}
