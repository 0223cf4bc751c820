import {
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  fold,
  type PerAxis,
  type Tensor,
  type TransposedConvolutionOptions,
  unfold,
} from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly bias?: Tensor
  readonly input: Tensor
  readonly weight: Tensor
}

interface Attributes {
  readonly dilation?: PerAxis
  readonly groups?: number
  readonly kernel_size: PerAxis
  readonly output_padding?: PerAxis
  readonly output_size: PerAxis
  readonly padding?: PerAxis
  readonly stride?: PerAxis
}

export const convolution: Operations<'convolution', Inputs, Attributes> = {
  conv1d: ({ input, weight, bias }, options) => conv1d(input, weight, { ...options, bias }),
  conv2d: ({ input, weight, bias }, options) => conv2d(input, weight, { ...options, bias }),
  conv3d: ({ input, weight, bias }, options) => conv3d(input, weight, { ...options, bias }),
  conv_transpose1d: (inputs, options) => convTranspose1d(inputs.input, inputs.weight, transposed(inputs, options)),
  conv_transpose2d: (inputs, options) => convTranspose2d(inputs.input, inputs.weight, transposed(inputs, options)),
  conv_transpose3d: (inputs, options) => convTranspose3d(inputs.input, inputs.weight, transposed(inputs, options)),
  fold: ({ input }, { output_size, kernel_size, ...options }) =>
    fold(input, { ...options, outputSize: output_size, kernelSize: kernel_size }),
  unfold: ({ input }, { kernel_size, ...options }) => unfold(input, { ...options, kernelSize: kernel_size }),
}

function transposed({ bias }: Inputs, { output_padding = 0, ...options }: Attributes): TransposedConvolutionOptions {
  return { ...options, outputPadding: output_padding, bias }
}
