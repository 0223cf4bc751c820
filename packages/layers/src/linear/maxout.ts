import type { DType, Fits, Floating, ResultShape, Shape, Tensor } from '@neurite/tensor'
import { maxout } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import { fanInUniform, keysFor } from '../initializers/variance-preserving.ts'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import type { Shaped, ShapeFunction } from '../shape-function.ts'
import { checkFeatures, type FeaturesReplaced, projected } from './features.ts'
import type { LinearOptions } from './linear.ts'

interface MaxoutShapes<In extends number, Out extends number> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape ? FeaturesReplaced<'Maxout', S, In, Out> : never
}

export interface MaxoutOptions extends LinearOptions {
  /** Number of affine maps of which the largest counts. Default 2. */
  readonly pieces?: number
}

/**
 * The largest of several affine maps, a learned convex activation (Goodfellow et al. 2013, "Maxout networks", eq. 2).
 *
 *     yᵢ = max over j of (x · weightᵀ + bias) at i · pieces + j
 *
 * x [..., inFeatures], weight [outFeatures · pieces, inFeatures], bias [outFeatures · pieces] → [..., outFeatures].
 * Weight and bias start as Linear's do.
 */
export class Maxout<const In extends number = number, const Out extends number = number>
  implements Module, Shaped<MaxoutShapes<In, Out>>
{
  declare readonly shapes?: MaxoutShapes<In, Out>
  readonly inFeatures: In
  readonly outFeatures: Out
  readonly pieces: number
  readonly weight: Parameter<[number, In], 'float32'>
  readonly bias: Parameter<[number], 'float32'> | undefined

  /** @throws RangeError unless the sizes and `pieces` are positive integers. */
  constructor(inFeatures: In, outFeatures: Out, options: MaxoutOptions = {}) {
    const { pieces = 2, bias = true, key } = options
    checkInteger('Maxout', 'inFeatures', inFeatures)
    checkInteger('Maxout', 'outFeatures', outFeatures)
    checkInteger('Maxout', 'pieces', pieces)
    const [weightKey, biasKey] = keysFor(key)
    const maps = outFeatures * pieces
    this.inFeatures = inFeatures
    this.outFeatures = outFeatures
    this.pieces = pieces
    this.weight = new Parameter(fanInUniform([maps, inFeatures], weightKey))
    this.bias = bias ? new Parameter(fanInUniform([maps], { ...biasKey, fanIn: inFeatures })) : undefined
  }

  /** @throws ShapeError if the last axis of `x` is not `inFeatures` long. */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<FeaturesReplaced<'Maxout', S, In, Out>>,
  ): Tensor<ResultShape<FeaturesReplaced<'Maxout', S, In, Out>>, Floating<D>> {
    checkFeatures('Maxout', x, this.inFeatures)
    const maps = projected(x, this.weight.value)
    const biased = this.bias === undefined ? maps : maps.add(this.bias.value as Tensor)
    return maxout(biased, { pieces: this.pieces, axis: -1 })
  }
}
