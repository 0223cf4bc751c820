// Layers as plain objects, in the order to learn them.

// Containers.
export { Sequential, type Stage } from './container/sequential.ts'
export type { ConvolutionLayerOptions } from './convolution/convolution-layer.ts'
export { Conv1d, Conv2d, Conv3d } from './convolution/convolutions.ts'
export {
  ConvTranspose1d,
  ConvTranspose2d,
  ConvTranspose3d,
  type TransposedConvolutionLayerOptions,
} from './convolution/transposed-convolutions.ts'
export { Dropout, type DropoutOptions } from './dropout/dropout.ts'
export { Flatten } from './flatten/flatten.ts'
// Values that parameters start from.
export {
  fanInUniform,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type InitializerOptions,
} from './initializers/variance-preserving.ts'

// Layers, by family.
export { Linear, type LinearOptions } from './linear/linear.ts'
export { Maxout, type MaxoutOptions } from './linear/maxout.ts'
export { evaluate, train } from './modes.ts'
// What a module is, and what is found in it.
export type { Module } from './module.ts'
export { Parameter, parameters } from './parameters.ts'
export {
  AdaptiveAveragePool1d,
  AdaptiveAveragePool2d,
  AdaptiveAveragePool3d,
  AdaptiveMaxPool1d,
  AdaptiveMaxPool2d,
  AdaptiveMaxPool3d,
} from './pooling/adaptive-pooling.ts'
export {
  AveragePool1d,
  AveragePool2d,
  AveragePool3d,
  type AveragePoolingLayerOptions,
} from './pooling/average-pooling.ts'
export { GlobalAveragePool, GlobalMaxPool } from './pooling/global-pooling.ts'
export { LpPool1d, LpPool2d, type LpPoolingLayerOptions } from './pooling/lp-pooling.ts'
export { MaxPool1d, MaxPool2d, MaxPool3d } from './pooling/max-pooling.ts'
export type { PoolingLayerOptions } from './pooling/pooling-layer.ts'
// For layers of your own whose effect on shapes `Sequential` shall know.
export type { Shaped, ShapeFunction } from './shape-function.ts'
export { loadStateDict, type StateDict, type StateDictDifference, stateDict } from './state-dict.ts'
