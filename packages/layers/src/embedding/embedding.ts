import { type AnyShape, type DType, iota, normal, type Shape, type Tensor } from '@neurite/tensor'
import { checkInteger } from '../argument-checks.ts'
import type { InitializerOptions } from '../initializers/variance-preserving.ts'
import type { Module } from '../module.ts'
import { Parameter } from '../parameters.ts'
import type { Shaped, ShapeFunction } from '../shape-function.ts'

export interface EmbeddingOptions extends InitializerOptions {
  /** Row that stands for nothing: it starts from 0 and is not trained. Negative ones count from the end. */
  readonly paddingIndex?: number
}

/** A table of vectors [count, features] drawn from N(0, 1); the row of the padding is 0. */
export function embeddingTable(count: number, features: number, options: EmbeddingOptions): Tensor<[number, number]> {
  const { key, paddingIndex } = options
  const table = normal([count, features], key === undefined ? {} : { key })
  if (paddingIndex === undefined) return table
  return iota([count, 1], 0).equal(paddingIndex).choose(0, table)
}

/**
 * The padding's row, counted from the start.
 * @throws RangeError if there is no such row.
 */
export function paddingRow(layer: string, paddingIndex: number | undefined, count: number): number | undefined {
  if (paddingIndex === undefined) return undefined
  if (!Number.isInteger(paddingIndex) || paddingIndex < -count || paddingIndex >= count)
    throw new RangeError(`${layer}: paddingIndex is ${paddingIndex}; it must be one of the ${count} rows.`)
  return paddingIndex < 0 ? paddingIndex + count : paddingIndex
}

type Embedded<S extends Shape, Features extends number> = number extends S['length'] ? AnyShape : [...S, Features]

interface EmbeddingShapes<Features extends number> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape ? Embedded<S, Features> : never
}

/**
 * A learned vector for each of a number of things, looked up by index.
 *
 * x (integers) [...] → [..., features]; weight [count, features] starts from N(0, 1).
 */
export class Embedding<const Count extends number = number, const Features extends number = number>
  implements Module, Shaped<EmbeddingShapes<Features>>
{
  declare readonly shapes?: EmbeddingShapes<Features>
  readonly count: Count
  readonly features: Features
  readonly paddingIndex: number | undefined
  readonly weight: Parameter<[Count, Features], 'float32'>

  /** @throws RangeError unless both sizes are positive integers and the padding is one of the rows. */
  constructor(count: Count, features: Features, options: EmbeddingOptions = {}) {
    checkInteger('Embedding', 'count', count)
    checkInteger('Embedding', 'features', features)
    const paddingIndex = paddingRow('Embedding', options.paddingIndex, count)
    this.count = count
    this.features = features
    this.paddingIndex = paddingIndex
    this.weight = new Parameter(
      embeddingTable(count, features, { ...options, ...(paddingIndex !== undefined && { paddingIndex }) }) as Tensor,
    )
  }

  /** @throws DTypeError unless `x` holds integers. An index outside [0, count) is an error when the value is computed. */
  forward<S extends Shape>(x: Tensor<S, DType>): Tensor<Embedded<S, Features>, 'float32'> {
    const indices: Tensor = x
    const vectors: Tensor = (this.weight.value as Tensor).take(indices, 0)
    if (this.paddingIndex === undefined) return vectors
    return indices.equal(this.paddingIndex).unsqueeze(-1).choose(vectors.stopGradient(), vectors)
  }
}
