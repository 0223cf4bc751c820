import { layerNorm, rmsNorm, scaledDotProductAttention, type Tensor } from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly attn_mask?: Tensor
  readonly bias?: Tensor
  readonly input: Tensor
  readonly key: Tensor
  readonly query: Tensor
  readonly value: Tensor
  readonly weight?: Tensor
}

interface Attributes {
  readonly eps?: number
  readonly is_causal?: boolean
  readonly normalized_shape: readonly number[]
  readonly scale?: number
}

export const normalization: Operations<'normalization', Inputs, Attributes> = {
  layer_norm: ({ input, weight, bias }, { normalized_shape, eps = 1e-5 }) =>
    layerNorm(input, normalized_shape, { weight, bias, epsilon: eps }),
  rms_norm: ({ input, weight }, { eps = 1e-5 }) => rmsNorm(input, input.shape.slice(-1), { weight, epsilon: eps }),
  rms_normalise: ({ input }) => rmsNorm(input, input.shape.slice(-1)),
  scaled_dot_product_attention: ({ query, key, value, attn_mask }, { is_causal = false, scale }) =>
    scaledDotProductAttention(query, key, value, {
      mask: attn_mask,
      isCausal: is_causal,
      ...(scale !== undefined && { scale }),
    }),
}
