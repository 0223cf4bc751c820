import { type DType, type Floating, layerNorm, ones, type Shape, type Tensor, zeros } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import type { SameShape, Shaped } from '../shape-function.ts'

export interface LayerNormLayerOptions {
  /** Keeps the divisor from 0. Default 1e-5. */
  readonly epsilon?: number
  /** Whether there are a learned factor and offset for each element. Default true. */
  readonly affine?: boolean
  /** Whether there is an offset beside the factor. Default true. */
  readonly bias?: boolean
}

/** The sizes of the last axes, given as a list or as the size of the last one. */
export function normalizedShape(layer: string, shape: number | Shape): Shape {
  const sizes = typeof shape === 'number' ? [shape] : shape
  if (sizes.length === 0)
    throw new RangeError(`${layer}: normalizedShape is empty; it must have the sizes of the last axes.`)
  for (const size of sizes) checkInteger(layer, 'normalizedShape', size)
  return sizes
}

/**
 * Normalizes the last axes together (Ba, Kiros & Hinton 2016).
 *
 *     y = (x − mean) / √(variance + epsilon) · weight + bias
 *
 * x [..., ...normalizedShape]; weight and bias have the normalized shape and start from 1 and 0. The variance is the biased one.
 */
export class LayerNorm implements Module, Shaped<SameShape> {
  declare readonly shapes?: SameShape
  readonly normalizedShape: Shape
  readonly epsilon: number
  readonly weight: Parameter | undefined
  readonly bias: Parameter | undefined

  /** @throws RangeError unless the sizes are positive integers. */
  constructor(shape: number | Shape, options: LayerNormLayerOptions = {}) {
    const { epsilon = 1e-5, affine = true, bias = true } = options
    this.normalizedShape = normalizedShape('LayerNorm', shape)
    this.epsilon = epsilon
    this.weight = affine ? new Parameter(ones(this.normalizedShape)) : undefined
    this.bias = affine && bias ? new Parameter(zeros(this.normalizedShape)) : undefined
  }

  /** @throws ShapeError if `x` does not end in the normalized shape. */
  forward<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, Floating<D>> {
    const { weight, bias, epsilon } = this
    return layerNorm(x, this.normalizedShape, { weight: weight?.value, bias: bias?.value, epsilon })
  }
}
