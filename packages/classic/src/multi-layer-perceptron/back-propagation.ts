// Back-propagation as Lippmann's box 5 prints it, step by step, with no help from autograd.

import { concatenate, outer, sigmoid, type Tensor } from '@neurite/tensor'

/** A layer of sigmoid nodes: y = f_s(W x − θ). */
export type SigmoidLayer = {
  /** w [out, in] */
  readonly weights: Tensor
  /** θ [out] */
  readonly offsets: Tensor
}

/** How the layers are joined: with shortcuts every layer also sees the net's inputs, behind the outputs of the layer below. */
export interface Wiring {
  readonly shortcuts: boolean
}

export interface BackPropagation {
  /** y [out] */
  readonly outputs: Tensor
  /** For each layer δ_j x'_i, and −δ_j for the offsets: minus the gradient of ½ Σ (d − y)². */
  readonly corrections: readonly SigmoidLayer[]
}

/** What each layer sees and gives for rows x [..., in] or one x [in], from the first layer to the last. */
export function propagate(
  layers: readonly SigmoidLayer[],
  x: Tensor,
  { shortcuts }: Wiring,
): { inputs: Tensor[]; outputs: Tensor[] } {
  const inputs: Tensor[] = []
  const outputs: Tensor[] = []
  for (const { weights, offsets } of layers) {
    const below = outputs.at(-1)
    const input = below === undefined ? x : shortcuts ? (concatenate([below, x], -1) as Tensor) : below
    inputs.push(input)
    outputs.push(sigmoid(input.matmul(weights.transpose()).subtract(offsets) as Tensor))
  }
  return { inputs, outputs }
}

/** Steps 3 and 4: forward for one input x [in], then the corrections towards the desired outputs d [out], from the last layer down. */
export function backPropagate(
  layers: readonly SigmoidLayer[],
  x: Tensor,
  desired: Tensor,
  wiring: Wiring,
): BackPropagation {
  const { inputs, outputs } = propagate(layers, x, wiring)
  const corrections: SigmoidLayer[] = []
  // d_j − y_j at the output nodes, Σ_k δ_k w_jk at the hidden ones.
  let error: Tensor = desired.subtract(outputs.at(-1)!)
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const y = outputs[layer]!
    const slope: Tensor = y.multiply(y.negate().add(1))
    const delta: Tensor = slope.multiply(error)
    corrections.unshift({ weights: outer(delta, inputs[layer]!) as Tensor, offsets: delta.negate() as Tensor })
    if (layer === 0) break
    const below = layers[layer - 1]!.offsets.shape[0]!
    error = (delta.matmul(layers[layer]!.weights) as Tensor).slice({ starts: [0], stops: [below] }) as Tensor
  }
  return { outputs: outputs.at(-1)!, corrections }
}
