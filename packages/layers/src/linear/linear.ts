import type { DType, Fits, Floating, ResultShape, Shape, Tensor } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import { fanInUniform, type InitializerOptions, keysFor } from '../initializers/variance-preserving.ts'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import type { Shaped, ShapeFunction } from '../shape-function.ts'
import { checkFeatures, type FeaturesReplaced, projected } from './features.ts'

interface LinearShapes<In extends number, Out extends number> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape ? FeaturesReplaced<'Linear', S, In, Out> : never
}

export interface LinearOptions extends InitializerOptions {
  /** Whether a bias is added. Default true. */
  readonly bias?: boolean
}

/**
 * An affine map of the features on the last axis.
 *
 *     y = x · weightᵀ + bias
 *
 * x [..., inFeatures], weight [outFeatures, inFeatures], bias [outFeatures] → [..., outFeatures].
 * Weight and bias start from U(−1/√inFeatures, 1/√inFeatures).
 */
export class Linear<const In extends number = number, const Out extends number = number>
  implements Module, Shaped<LinearShapes<In, Out>>
{
  declare readonly shapes?: LinearShapes<In, Out>
  readonly inFeatures: In
  readonly outFeatures: Out
  readonly weight: Parameter<[Out, In], 'float32'>
  readonly bias: Parameter<[Out], 'float32'> | undefined

  /** @throws RangeError unless both sizes are positive integers. */
  constructor(inFeatures: In, outFeatures: Out, options: LinearOptions = {}) {
    checkInteger('Linear', 'inFeatures', inFeatures)
    checkInteger('Linear', 'outFeatures', outFeatures)
    const { bias = true, key } = options
    const [weightKey, biasKey] = keysFor(key)
    this.inFeatures = inFeatures
    this.outFeatures = outFeatures
    this.weight = new Parameter(fanInUniform([outFeatures, inFeatures], weightKey))
    this.bias = bias ? new Parameter(fanInUniform([outFeatures], { ...biasKey, fanIn: inFeatures })) : undefined
  }

  /** @throws ShapeError if the last axis of `x` is not `inFeatures` long. */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<FeaturesReplaced<'Linear', S, In, Out>>,
  ): Tensor<ResultShape<FeaturesReplaced<'Linear', S, In, Out>>, Floating<D>> {
    checkFeatures('Linear', x, this.inFeatures)
    const y = projected(x, this.weight.value)
    return this.bias === undefined ? y : y.add(this.bias.value as Tensor)
  }
}
