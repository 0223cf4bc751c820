import {
  adaptiveAveragePool,
  adaptiveMaxPool,
  averagePool1d,
  averagePool2d,
  averagePool3d,
  type DivisorOptions,
  interpolate,
  type LocalResponseNormalizationOptions,
  localResponseNormalization,
  lpPool2d,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  type PerAxis,
  type PoolingOptions,
  type Tensor,
} from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly input: Tensor
}

interface Attributes extends LocalResponseNormalizationOptions {
  readonly align_corners?: boolean
  readonly ceil_mode?: boolean
  readonly count_include_pad?: boolean
  readonly dilation?: PerAxis
  readonly divisor_override?: number
  readonly kernel_size: PerAxis
  readonly mode?: 'nearest' | 'linear' | 'bilinear' | 'trilinear'
  readonly norm_type: number
  readonly output_size: PerAxis
  readonly padding?: PerAxis
  readonly scale_factor?: PerAxis
  // Of interpolate the new size, of local_response_norm the number of channels.
  // biome-ignore lint/suspicious/noExplicitAny: one name for two things.
  readonly size: any
  readonly stride?: PerAxis
}

export const pooling: Operations<'pooling', Inputs, Attributes> = {
  adaptive_avg_pool1d: ({ input }, { output_size }) => adaptiveAveragePool(input, output_size),
  adaptive_avg_pool2d: ({ input }, { output_size }) => adaptiveAveragePool(input, output_size),
  adaptive_avg_pool3d: ({ input }, { output_size }) => adaptiveAveragePool(input, output_size),
  adaptive_max_pool1d: ({ input }, { output_size }) => adaptiveMaxPool(input, output_size),
  adaptive_max_pool2d: ({ input }, { output_size }) => adaptiveMaxPool(input, output_size),
  avg_pool1d: ({ input }, attributes) => averagePool1d(input, options(attributes)),
  avg_pool2d: ({ input }, attributes) => averagePool2d(input, options(attributes)),
  avg_pool3d: ({ input }, attributes) => averagePool3d(input, options(attributes)),
  interpolate: ({ input }, { size, scale_factor, mode = 'nearest', align_corners = false }) =>
    interpolate(input, {
      ...(size !== undefined && { size }),
      ...(scale_factor !== undefined && { scaleFactor: scale_factor }),
      mode: mode === 'nearest' ? 'nearest' : 'linear',
      alignCorners: align_corners,
    }),
  local_response_norm: ({ input }, settings) => localResponseNormalization(input, settings),
  lp_pool2d: ({ input }, { norm_type, ...attributes }) => lpPool2d(input, { ...options(attributes), order: norm_type }),
  max_pool1d: ({ input }, attributes) => maxPool1d(input, options(attributes)),
  max_pool2d: ({ input }, attributes) => maxPool2d(input, options(attributes)),
  max_pool3d: ({ input }, attributes) => maxPool3d(input, options(attributes)),
}

type WindowAttributes = Pick<
  Attributes,
  'kernel_size' | 'stride' | 'padding' | 'dilation' | 'ceil_mode' | 'count_include_pad' | 'divisor_override'
>

function options(attributes: WindowAttributes): PoolingOptions & DivisorOptions {
  const { kernel_size, stride, padding = 0, dilation = 1, ceil_mode = false, count_include_pad = true } = attributes
  return {
    kernelSize: kernel_size,
    padding,
    dilation,
    ceilMode: ceil_mode,
    countIncludePad: count_include_pad,
    ...(stride !== undefined && { stride }),
    ...(attributes.divisor_override !== undefined && { divisor: attributes.divisor_override }),
  }
}
