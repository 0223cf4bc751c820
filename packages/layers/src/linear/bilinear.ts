import { einsum, ShapeError, sameShape, showShape, type Tensor } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import { fanInUniform, keysFor } from '../initializers/variance-preserving.ts'
import { Parameter } from '../parameters.ts'
import { checkFeatures } from './features.ts'
import type { LinearOptions } from './linear.ts'

/**
 * A map of two inputs that is linear in each.
 *
 *     y[..., o] = Σ over i, j of x₁[..., i] · weight[o, i, j] · x₂[..., j] + bias[o]
 *
 * x₁ [..., firstFeatures], x₂ [..., secondFeatures], weight [outFeatures, firstFeatures, secondFeatures], bias [outFeatures] →
 * [..., outFeatures]. Weight and bias start from U(−1/√firstFeatures, 1/√firstFeatures).
 */
export class Bilinear {
  readonly firstFeatures: number
  readonly secondFeatures: number
  readonly outFeatures: number
  readonly weight: Parameter<[number, number, number], 'float32'>
  readonly bias: Parameter<[number], 'float32'> | undefined

  /** @throws RangeError unless the sizes are positive integers. */
  constructor(firstFeatures: number, secondFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    for (const [name, size] of Object.entries({ firstFeatures, secondFeatures, outFeatures }))
      checkInteger('Bilinear', name, size)
    const { bias = true, key } = options
    const [weightKey, biasKey] = keysFor(key)
    this.firstFeatures = firstFeatures
    this.secondFeatures = secondFeatures
    this.outFeatures = outFeatures
    const shape: [number, number, number] = [outFeatures, firstFeatures, secondFeatures]
    this.weight = new Parameter(fanInUniform(shape, { ...weightKey, fanIn: firstFeatures }))
    this.bias = bias ? new Parameter(fanInUniform([outFeatures], { ...biasKey, fanIn: firstFeatures })) : undefined
  }

  /** @throws ShapeError if a last axis has another size, or the others differ. */
  forward(first: Tensor, second: Tensor): Tensor {
    checkFeatures('Bilinear', first, this.firstFeatures)
    checkFeatures('Bilinear', second, this.secondFeatures)
    if (!sameShape(first.shape.slice(0, -1), second.shape.slice(0, -1)))
      throw new ShapeError(
        `Bilinear: inputs ${showShape(first.shape)} and ${showShape(second.shape)} differ in their leading axes.`,
      )
    const y = einsum('...i,oij,...j->...o', first, this.weight.value, second)
    return this.bias === undefined ? y : y.add(this.bias.value)
  }
}
