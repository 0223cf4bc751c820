import {
  celu,
  elu,
  gelu,
  glu,
  hardLimiter,
  hardShrink,
  hardSigmoid,
  hardSwish,
  hardTanh,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  maxout,
  mish,
  prelu,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softmin,
  softplus,
  softShrink,
  softsign,
  type Tensor,
  tanh,
  tanhShrink,
  threshold,
  thresholdLogic,
} from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly input: Tensor
  readonly weight: Tensor
}

interface Attributes {
  readonly alpha?: number
  readonly approximate?: 'none' | 'tanh'
  readonly beta?: number
  readonly dim: number
  readonly lambd?: number
  readonly max_val?: number
  readonly min_val?: number
  readonly negative_slope?: number
  readonly pieces: number
  readonly symmetric?: boolean
  readonly threshold: number
  readonly value: number
}

export const activations: Operations<'activations', Inputs, Attributes> = {
  celu: ({ input }, { alpha }) => celu(input, alpha),
  elu: ({ input }, { alpha }) => elu(input, alpha),
  gelu: ({ input }, { approximate = 'none' }) => gelu(input, { approximate }),
  glu: ({ input }, { dim = -1 }) => glu(input, dim),
  hard_limiter: ({ input }, { symmetric = false }) => hardLimiter(input, { symmetric }),
  hardshrink: ({ input }, { lambd }) => hardShrink(input, lambd),
  hardsigmoid: ({ input }) => hardSigmoid(input),
  hardswish: ({ input }) => hardSwish(input),
  hardtanh: ({ input }, { min_val = -1, max_val = 1 }) => hardTanh(input, { min: min_val, max: max_val }),
  leaky_relu: ({ input }, { negative_slope = 0.01 }) => leakyRelu(input, negative_slope),
  log_softmax: ({ input }, { dim }) => logSoftmax(input, dim),
  logsigmoid: ({ input }) => logSigmoid(input),
  maxout: ({ input }, { pieces, dim }) => maxout(input, { pieces, axis: dim }),
  mish: ({ input }) => mish(input),
  prelu: ({ input, weight }) => prelu(input, weight),
  relu: ({ input }) => relu(input),
  relu6: ({ input }) => relu6(input),
  selu: ({ input }) => selu(input),
  sigmoid: ({ input }) => sigmoid(input),
  silu: ({ input }) => silu(input),
  softmax: ({ input }, { dim }) => softmax(input, dim),
  softmin: ({ input }, { dim }) => softmin(input, dim),
  softplus: ({ input }, { beta = 1, threshold = 20 }) => softplus(input, { beta, threshold }),
  softshrink: ({ input }, { lambd }) => softShrink(input, lambd),
  softsign: ({ input }) => softsign(input),
  tanh: ({ input }) => tanh(input),
  tanhshrink: ({ input }) => tanhShrink(input),
  threshold: ({ input }, options) => threshold(input, options),
  threshold_logic: ({ input }) => thresholdLogic(input),
}
