// What transformer layers have in common: their options, and parts with shortcuts.

import { gelu, relu, type Tensor } from '@neurite/tensor'
import type { Dropout } from '../dropout/dropout.ts'
import type { InitializerOptions } from '../initializers/variance-preserving.ts'
import type { LayerNorm } from '../normalization/layer-norm.ts'

export interface TransformerLayerOptions extends InitializerOptions {
  /** Features between the two linear maps of each position. Default 2048. */
  readonly feedforwardFeatures?: number
  /** Probability of attention weights, and of elements of every part's result, to be dropped while training. Default 0.1. */
  readonly dropout?: number
  /** Between the two linear maps: 'relu' (default), 'gelu', or a function of your own. */
  readonly activation?: 'relu' | 'gelu' | ((x: Tensor) => Tensor)
  /** Whether parts are normalized before instead of after (Xiong et al. 2020), which trains deep nets without warm-up. Default false. */
  readonly normFirst?: boolean
  /** Of the normalizations. Default 1e-5. */
  readonly epsilon?: number
  /** Whether inputs and outputs are [N, L, features] instead of [L, N, features]. Default false. */
  readonly batchFirst?: boolean
  /** Whether linear maps and normalizations have biases. Default true. */
  readonly bias?: boolean
}

const activations = { relu: (x: Tensor): Tensor => relu(x), gelu: (x: Tensor): Tensor => gelu(x) }

/** @throws RangeError if there is no such activation. */
export function activationOf(
  layer: string,
  activation: TransformerLayerOptions['activation'] = 'relu',
): (x: Tensor) => Tensor {
  if (typeof activation === 'function') return activation
  if (!Object.hasOwn(activations, activation))
    throw new RangeError(`${layer}: activation is '${activation}'; it must be 'relu', 'gelu' or a function.`)
  return activations[activation]
}

/** One part of a layer beside its shortcut, normalized before or after. */
export interface ResidualPart {
  readonly norm: LayerNorm
  readonly dropout: Dropout
}

/** x + part(norm(x)), or norm(x + part(x)). */
export function withShortcut(
  x: Tensor,
  { norm, dropout }: ResidualPart,
  options: { readonly normFirst: boolean; readonly part: (x: Tensor) => Tensor },
): Tensor {
  const { normFirst, part } = options
  if (normFirst) return x.add(dropout.forward(part(norm.forward(x))))
  return norm.forward(x.add(dropout.forward(part(x))))
}
