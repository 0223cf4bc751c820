// Values that parameters start from. Weights are laid out as in PyTorch: [outputs, inputs, ...kernel].

import {
  foldIn,
  normal,
  type RandomKey,
  type Shape,
  ShapeError,
  showShape,
  type Tensor,
  uniform,
} from '@neurite/tensor'

/** Options of a random initializer. */
export interface InitializerOptions {
  /** Random key; without one the default key is drawn from. */
  readonly key?: RandomKey
}

/**
 * Glorot & Bengio 2010, eq. 16: U(−a, a) with a = √(6 / (fanIn + fanOut)). Keeps the variance of activations and gradients through
 * tanh and linear layers. PyTorch's `xavier_uniform_`.
 */
export function glorotUniform<const S extends Shape>(shape: S, options: InitializerOptions = {}): Tensor<S> {
  const { fanIn, fanOut } = fansOf('glorotUniform', shape)
  return symmetricUniform(shape, Math.sqrt(6 / (fanIn + fanOut)), options)
}

/** Glorot & Bengio 2010: N(0, 2 / (fanIn + fanOut)), the variance given. PyTorch's `xavier_normal_`. */
export function glorotNormal<const S extends Shape>(shape: S, options: InitializerOptions = {}): Tensor<S> {
  const { fanIn, fanOut } = fansOf('glorotNormal', shape)
  return centredNormal(shape, Math.sqrt(2 / (fanIn + fanOut)), options)
}

/** He et al. 2015, eq. 10, for layers before a relu: U(−a, a) with a = √(6 / fanIn). PyTorch's `kaiming_uniform_(nonlinearity='relu')`. */
export function heUniform<const S extends Shape>(shape: S, options: InitializerOptions = {}): Tensor<S> {
  return symmetricUniform(shape, Math.sqrt(6 / fansOf('heUniform', shape).fanIn), options)
}

/** He et al. 2015, eq. 10, for layers before a relu: N(0, 2 / fanIn), the variance given. PyTorch's `kaiming_normal_(nonlinearity='relu')`. */
export function heNormal<const S extends Shape>(shape: S, options: InitializerOptions = {}): Tensor<S> {
  return centredNormal(shape, Math.sqrt(2 / fansOf('heNormal', shape).fanIn), options)
}

/** LeCun et al. 1998, § 4.6: U(−a, a) with a = √(3 / fanIn). Keeps the variance of activations of linear layers; for selu. */
export function leCunUniform<const S extends Shape>(shape: S, options: InitializerOptions = {}): Tensor<S> {
  return symmetricUniform(shape, Math.sqrt(3 / fansOf('leCunUniform', shape).fanIn), options)
}

/** LeCun et al. 1998, § 4.6: N(0, 1 / fanIn), the variance given. Keeps the variance of activations of linear layers; for selu. */
export function leCunNormal<const S extends Shape>(shape: S, options: InitializerOptions = {}): Tensor<S> {
  return centredNormal(shape, Math.sqrt(1 / fansOf('leCunNormal', shape).fanIn), options)
}

/**
 * What PyTorch's Linear and convolution layers start from, weight and bias alike: U(−1/√fanIn, 1/√fanIn).
 * For weights it is `kaiming_uniform_` with a = √5: gain √(2 / (1 + a²)) = √(1/3), bound gain · √(3 / fanIn).
 * @param options `fanIn`: inputs that one output sees; by default that of `shape`, which a bias's shape does not tell.
 */
export function fanInUniform<const S extends Shape>(
  shape: S,
  options: InitializerOptions & { readonly fanIn?: number } = {},
): Tensor<S> {
  const { fanIn = fansOf('fanInUniform', shape).fanIn } = options
  return symmetricUniform(shape, 1 / Math.sqrt(fanIn), options)
}

/**
 * Inputs that one output sees, and outputs that one input reaches, of a weight [outputs, inputs, ...kernel]; convolutions count kernel positions.
 * @throws ShapeError if the shape has less than two axes or no elements.
 */
function fansOf(initializer: string, shape: Shape): { fanIn: number; fanOut: number } {
  const [outputs, inputs, ...kernel] = shape
  if (outputs === undefined || inputs === undefined || shape.includes(0))
    throw new ShapeError(
      `${initializer}: a weight [outputs, inputs, ...kernel] without empty axes is needed, not ${showShape(shape)}.`,
    )
  const positions = kernel.reduce((product, length) => product * length, 1)
  return { fanIn: inputs * positions, fanOut: outputs * positions }
}

/** Options for the weight and the bias of a layer that was given one key, or none. */
export function keysFor(key: RandomKey | undefined): readonly [weight: InitializerOptions, bias: InitializerOptions] {
  return key === undefined ? [{}, {}] : [{ key: foldIn(key, 0) }, { key: foldIn(key, 1) }]
}

function symmetricUniform<S extends Shape>(shape: S, bound: number, options: InitializerOptions): Tensor<S> {
  return uniform(shape, { low: -bound, high: bound, ...options })
}

function centredNormal<S extends Shape>(shape: S, standardDeviation: number, options: InitializerOptions): Tensor<S> {
  return normal(shape, { standardDeviation, ...options })
}
