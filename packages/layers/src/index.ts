// Layers as plain objects, in the order to learn them.

// Containers.
export { Sequential, type Stage } from './container/sequential.ts'
export { Conv2d, type Conv2dOptions } from './convolution/conv2d.ts'
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
} from './initializers.ts'

// Layers, by family.
export { Linear, type LinearOptions } from './linear/linear.ts'
export { Maxout, type MaxoutOptions } from './linear/maxout.ts'
export { evaluate, train } from './modes.ts'
// What a module is, and what is found in it.
export type { Module } from './module.ts'
export { Parameter, parameters } from './parameters.ts'
export { MaxPool2d, type PoolingLayerOptions } from './pooling/max-pool2d.ts'
// For layers of your own whose effect on shapes `Sequential` shall know.
export type { Shaped, ShapeFunction } from './shape-function.ts'
export { loadStateDict, type StateDict, type StateDictDifference, stateDict } from './state-dict.ts'
