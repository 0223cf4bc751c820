// The updates of a Hopfield net, as compiled programs.

import { compile } from '@neurite/compiler'
import { iota, scan, type Tensor, where } from '@neurite/tensor'

/** What a node does whose activation is exactly 0: keep its state, or take this one. */
export type OnZero = 'hold' | 1 | -1

/** The weights [N, N] and offsets [N] of a net. */
export interface Couplings {
  readonly weights: Tensor
  readonly offsets: Tensor
}

/**
 * One node after the other in the given order [K], each with the states that the nodes before it left:
 * u_j ← f_h(Σ_i t_ij u_i − θ_j) (Lippmann 1987, box 1, step 3). The activations and new values are those of the K updates.
 */
export const updateInOrder: (
  couplings: Couplings,
  state: Tensor,
  order: Tensor,
  onZero: OnZero,
) => { state: Tensor; activations: Tensor; values: Tensor } = /* @__PURE__ */ compile(
  ({ weights, offsets }: Couplings, initial: Tensor, order: Tensor, onZero: OnZero) => {
    const nodes = iota(initial.shape as [number], 0)
    const [state, [activations, values]] = scan(
      (state: Tensor, node: Tensor) => {
        const activation: Tensor = weights.take(node, 0).dot(state).subtract(offsets.take(node, 0))
        const value = fire(activation, state.take(node, 0), onZero)
        return [where(nodes.equal(node), value, state) as Tensor, [activation, value]]
      },
      initial,
      order,
    )
    return { state, activations: activations as Tensor, values: values as Tensor }
  },
)

/** All nodes at once, each with the states before: u ← f_h(T u − θ). */
export const updateTogether: (couplings: Couplings, state: Tensor, onZero: OnZero) => Tensor = /* @__PURE__ */ compile(
  ({ weights, offsets }: Couplings, state: Tensor, onZero: OnZero) =>
    fire(weights.matmul(state).subtract(offsets), state, onZero),
)

/** E = −½ Σ_ij t_ij u_i u_j + Σ_i θ_i u_i, which no update of a single node raises (Hopfield 1982). */
export const hopfieldEnergy: (couplings: Couplings, state: Tensor) => Tensor = /* @__PURE__ */ compile(
  ({ weights, offsets }: Couplings, state: Tensor) =>
    weights.matmul(state).dot(state).multiply(-0.5).add(offsets.dot(state)),
)

function fire(activation: Tensor, before: Tensor, onZero: OnZero): Tensor {
  const atZero: Tensor = onZero === 'hold' ? before : before.multiply(0).add(onZero)
  return activation.greater(0).choose(1, activation.less(0).choose(-1, atZero)) as Tensor
}
